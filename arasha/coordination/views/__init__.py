"""My work and the list of cases."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.cases import queries as case_queries
from arasha.conferences.queries import coming
from arasha.coordination import queries
from arasha.coordination.views import presenting
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.plans.queries import at_services
from arasha.ui.rules.paging import page_of
from arasha.ui.rules.parts import Empty

PAGE = 25


@signed_in
@require_safe
def my_work(request: StaffRequest) -> HttpResponse:
    """Show what is late, what is due, which signals wait."""
    own = request.GET.get("owed") == "own"
    work = queries.my_work(request.actor, request.now, own=own)
    context = presenting.my_work(work, request.actor, request.now, own=own)
    context["services"] = at_services(request.actor, request.now)
    context["sittings"] = coming(request.actor)
    return render(request, "coordination/my_work.html", context)


@signed_in
@require_safe
def cases(request: StaffRequest) -> HttpResponse:
    """List the cases that are there for the reader, newest first."""
    newest = case_queries.newest(request.actor)
    shown = page_of(newest, moment="opened_at", size=PAGE, asked=request.GET.dict(), descending=True)
    context = {
        "page_title": _("Cases"),
        "rows": [presenting.case_row(case, request.now) for case in shown.rows],
        "previous": shown.previous,
        "following": shown.following,
        "nothing": Empty(_("No case yet"), _("A case opens from a signal, and stands here from then on.")),
    }
    return render(request, "coordination/cases.html", context)
