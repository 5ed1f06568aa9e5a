"""The requests that are there for a reader, and those about a file."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from arasha.cases import queries as cases
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import allows, may, signed_in
from arasha.kernel.worktime.rules import local
from arasha.releases import policy, queries, rules
from arasha.releases.views import words
from arasha.ui.rules.page import Action, Link
from arasha.ui.rules.paging import skipped
from arasha.ui.rules.parts import Empty

PAGE = 25


@may(policy.ANSWER)
@require_safe
def requests(request: StaffRequest) -> HttpResponse:
    """List the requests that go to the reader's unit."""
    state, applicant = request.GET.get("state", "open"), request.GET.get("applicant", "")
    state = state if state in rules.STATES or state == "all" else "open"
    applicant = applicant if applicant in rules.APPLICANTS else ""
    begin = skipped(request.GET.get("after", ""))
    found = queries.requests(request.actor, state="" if state == "all" else state, applicant=applicant)
    rows = list(found[begin : begin + PAGE + 1])
    kept = f"state={state}&applicant={applicant}"
    context = {
        "page_title": _("Requests for files"),
        "add": _actions(request),
        "rows": [words.line(row, local(request.now).date()) for row in rows[:PAGE]],
        "states": [("open", _("Not answered yet")), ("all", _("All")), *rules.STATES.choices()],
        "applicants": rules.APPLICANTS.choices(),
        "state": state,
        "applicant": applicant,
        "following": f"?{kept}&after={begin + PAGE}" if len(rows) > PAGE else "",
        "previous": f"?{kept}&after={max(begin - PAGE, 0)}" if begin else "",
        "nothing": Empty(_("No request"), _("Here stand the requests that go to your unit."), []),
    }
    return render(request, "releases/list.html", context)


@signed_in
@require_safe
def of_file(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """List who asked for what a file holds."""
    if cases.file(request.actor, dossier) is None:
        raise Http404
    request.look(dossier)
    rows = list(queries.of_file(request.actor, dossier)[:PAGE])
    context = {
        "page_title": _("Requests for the file"),
        "before": [Link(_("The file"), cases.link(dossier))],
        "rows": [words.line(row, local(request.now).date()) for row in rows],
        "nothing": Empty(_("Nobody asked for it yet"), _("A request stands here once it was matched to this file.")),
    }
    return render(request, "releases/of_file.html", context)


def _actions(request: StaffRequest) -> list[Action]:
    found: list[Any] = [Action(_("A year in numbers"), reverse("releases:year"), "secondary")]
    if allows(request.actor, policy.TAKE):
        found.insert(0, Action(_("Take down a request"), reverse("releases:new")))
    return found
