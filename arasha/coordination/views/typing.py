"""How long the reader's unit types for a child: by month, on which pages, in which files."""

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from arasha.coordination import queries
from arasha.coordination.rules.typing import FEWEST, PAGES, Month, minutes
from arasha.coordination.views import presenting
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.ui.rules.parts import Empty


@signed_in
@require_safe
def typing(request: StaffRequest) -> HttpResponse:
    """Show a year of the unit's typing: a number for the unit, never one for a person."""
    found = queries.typed(since(request.now))
    context = {
        "page_title": title(found.months),
        "page_meta": _("Your unit, the last twelve months"),
        "months": [_month(row) for row in found.months],
        "pages": [_timed(row.seconds, row.sent) | {"what": PAGES.label(row.code)} for row in found.pages],
        "files": files(found),
        "nothing": Empty(
            _("Nothing was counted yet"),
            _("Whenever somebody of your unit sends a form in a child’s file, the seconds of typing are counted."),
        ),
    }
    return render(request, "coordination/typing.html", context)


def since(now: datetime) -> date:
    """Return the first day of the month eleven months before this one."""
    today = local(now).date()
    months = today.year * 12 + today.month - 1 - 11
    return date(months // 12, months % 12 + 1, 1)


def title(months: list[Month]) -> str:
    """Say the situation in one sentence."""
    told = [row for row in months if row.files >= FEWEST]
    if not told:
        return _("How long your unit types for a child")
    values = {"minutes": minutes(told[0].median), "month": f"{told[0].month:%m.%Y}"}
    if len(told) == 1 or told[0].median == told[1].median:
        return _("A file took %(minutes)s minutes of typing in %(month)s") % values
    if told[0].median < told[1].median:
        return _("A file took %(minutes)s minutes of typing in %(month)s, less than before") % values
    return _("A file took %(minutes)s minutes of typing in %(month)s, more than before") % values


def _month(row: Month) -> dict[str, Any]:
    median = minutes(row.median) if row.files >= FEWEST else None
    return {"month": f"{row.month:%m.%Y}", "files": row.files, "median": median, "sent": row.sent}


def _timed(seconds: int, sent: int) -> dict[str, Any]:
    words = ngettext("%(n)s form sent", "%(n)s forms sent", sent) % {"n": sent}
    return {"minutes": minutes(seconds), "each": minutes(round(seconds / max(sent, 1))), "sent": words}


def files(found: queries.Typed) -> list[dict[str, Any]]:
    """Return the files that took longest as lines of a table."""
    known = queries.matters([row.dossier for row in found.files])
    return [
        _timed(row.seconds, row.sent)
        | {
            "child": presenting.child(known[row.dossier]),
            "url": reverse("coordination:file", kwargs={"dossier": row.dossier}),
        }
        for row in found.files
    ]
