"""What stands beside the field in which an operator writes: where it goes, who may read it there, how long it is."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from arasha.helpline import actions, queries
from arasha.helpline.models import Contact
from arasha.helpline.rules import sms
from arasha.kernel.access.door import StaffRequest
from arasha.ui.rules import phones


@sensitive_variables()
def about(row: Contact) -> dict[str, Any]:
    """Return what stands beside the field: of an SMS the masked number and the bounds of a part."""
    if row.channel != "sms":
        return {}
    bounds = {"one": sms.ONE, "several": sms.SEVERAL, "basic": "".join(sorted(sms.BASIC)), "most": sms.MOST_PARTS}
    return {"line": queries.line_of(row), "bounds": bounds, "extended": "".join(sorted(sms.EXTENDED))}


@sensitive_variables()
def number(request: StaffRequest, row: Contact) -> HttpResponse:
    """Show the whole number once; that it was looked at is written down."""
    found = actions.show_number(actor=request.actor, contact=row.pk, now=request.now)
    shown = ""
    if found:
        try:
            shown = phones.shown(phones.normal(found, abroad=True))
        except phones.NotAPhone:
            shown = found
    return render(
        request, "helpline/conversation_number.html", {"page_title": _("The number"), "row": row, "number": shown}
    )
