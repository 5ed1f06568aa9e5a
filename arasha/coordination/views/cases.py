"""The list of cases: those of the reader's own, of the unit, of others; open and closed."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from arasha.cases import queries as case_queries
from arasha.cases.models import Case
from arasha.coordination.views import presenting
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.rules import Actor
from arasha.ui.rules.page import Filter
from arasha.ui.rules.paging import page_of
from arasha.ui.rules.parts import Empty

PAGE = 25
STATES = ("open", "closed")


@signed_in
@require_safe
def cases(request: StaffRequest) -> HttpResponse:
    """List the cases that are there for the reader, newest first."""
    chosen = {code: frozenset(request.GET.getlist(code)) for code in ("lead", "state")}
    found = narrowed(case_queries.newest(request.actor), request.actor, chosen)
    shown = page_of(found, moment="opened_at", size=PAGE, asked=request.GET.dict(), descending=True)
    context = {
        "page_title": _("Cases"),
        "filters": filters(chosen),
        "rows": [presenting.case_row(case, request.now) for case in shown.rows],
        "previous": shown.previous,
        "following": shown.following,
        "nothing": nothing(narrow=any(chosen.values())),
    }
    return render(request, "coordination/cases.html", context)


def narrowed(found: QuerySet[Case], actor: Actor, chosen: dict[str, frozenset[str]]) -> QuerySet[Case]:
    """Keep what was chosen; a word of no list narrows nothing."""
    leads = {
        "own": Q(lead_user=actor.user_id),
        "unit": Q(lead_unit=actor.unit_id),
        "others": ~Q(lead_unit=actor.unit_id),
    }
    asked = [leads[code] for code in chosen["lead"] if code in leads]
    if asked:
        either = Q()
        for one in asked:
            either |= one
        found = found.filter(either)
    states = [code for code in chosen["state"] if code in STATES]
    return found.filter(state__in=states) if states else found


def filters(chosen: dict[str, frozenset[str]]) -> list[Filter]:
    """Return the groups of choices, with what is chosen."""
    leads = [
        ("own", _("I answer for it")),
        ("unit", _("My unit leads")),
        ("others", _("Another unit leads")),
    ]
    states = [("open", pgettext("case", "Open")), ("closed", pgettext("case", "Closed"))]
    return [
        Filter("lead", _("Who leads"), leads, chosen["lead"]),
        Filter("state", pgettext("case", "State"), states, chosen["state"]),
    ]


def nothing(*, narrow: bool) -> Any:
    """Say why the list is empty."""
    if narrow:
        return Empty(_("No case like that"), _("Choose less, or show all."))
    return Empty(_("No case yet"), _("A case opens from a signal, and stands here from then on."))
