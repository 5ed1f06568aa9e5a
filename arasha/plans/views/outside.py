"""Asking a unit that is not on the file: found in the directory, nearest first; the page says what it will read."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arasha.cases.models import Case
from arasha.cases.queries import link as file_link
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.worktime.rules import local
from arasha.plans import actions, policy, queries, rules
from arasha.plans.forms import OutsideForm
from arasha.plans.views import pages, presenting
from arasha.ui.fields import Option
from arasha.ui.rules.page import Link

LONGEST_NAME = 100


@signed_in
@require_http_methods(pages.GET_POST)
def outside(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show the units outside the team that could write a part, and ask one of them."""
    case = pages.case_found(request, dossier)
    read = queries.read(request.actor, dossier, request.now)
    if read is None or read.row.state == "ended" or not policy.leads(request.actor, case):
        raise Http404
    offered = queries.offered(queries.child_age(dossier, request.now), request.now)
    given = request.POST if request.method == "POST" else request.GET
    wanted = next((one for one in offered if one.code == given.get("discipline")), None)
    name = given.get("name", "").replace("\x00", "").strip()[:LONGEST_NAME]
    found = queries.outside(case, wanted, request.now, name=name) if wanted is not None else []
    form = _form(request, found, read) if wanted is not None and found else None
    if request.method == "POST" and wanted is not None and form is not None and form.is_valid():
        return _asked(request, case, wanted, form)
    shown: dict[str, Any] = {
        "page_title": _("Ask a unit outside the team"),
        "page_meta": presenting.child_of(dossier),
        "tabs": [
            Link(_("The file"), file_link(dossier)),
            Link(_("Assessment"), queries.assessment_link(dossier), True),
        ],
        "dossier": dossier,
        "disciplines": [(one.code, presenting.discipline_title(one.code)) for one in offered],
        "wanted": wanted.code if wanted is not None else "",
        "name": name,
        "form": form,
        "more": max(len(found) - queries.MOST_SHOWN, 0),
        "assessment_url": queries.assessment_link(dossier),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/outside.html", shown, status=status)


def _form(request: StaffRequest, found: list[queries.Outside], read: queries.AssessmentRead) -> OutsideForm:
    """Return the form that offers the nearest of the units; sent, it takes any that was found."""
    today = local(request.now).date()
    sent = request.POST if request.method == "POST" else None
    offered = found if sent is not None else found[: queries.MOST_SHOWN]
    choices = [(str(one.unit.pk), Option(one.unit.name, hint(one))) for one in offered]
    return OutsideForm(sent, today=today, choices=choices, initial={"by_when": max(read.row.by_when, today)})


def hint(one: queries.Outside) -> str:
    """Return where a unit works, and what it will read once it is asked."""
    where = _("Serves the child’s district.") if one.near else _("Serves another place.")
    words = ", ".join(queries.reading_words(one.reads, presenting.language()))
    reads = _("It will read of the file: %(facets)s.") % {"facets": words}
    return f"{where} {reads}"


def _asked(request: StaffRequest, case: Case, wanted: rules.Discipline, form: OutsideForm) -> HttpResponse:
    dossier = case.dossier_id
    try:
        actions.ask_part(
            actor=request.actor,
            dossier=dossier,
            discipline=wanted.code,
            unit=int(form.cleaned_data["unit"]),
            by_when=form.cleaned_data["by_when"],
            now=request.now,
        )
    except (actions.AssessmentNotThere, policy.NotAllowed, actions.UnitNotAskable):
        raise Http404 from None
    except actions.AskedAlready:
        messages.warning(request, _("This was done already, by you or a colleague."))
    else:
        messages.success(request, _("The unit was asked. It is a partner in the file now."))
    return redirect("plans:assessment", dossier=dossier)
