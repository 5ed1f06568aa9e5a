"""Before anybody asks: what the child said already, who may ask what happened, and a place for what it tells."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from arasha.administration.queries import on_duty
from arasha.cases import actions, policy, queries
from arasha.cases.forms import FactsForm, UnaskedForm
from arasha.cases.views import happening, presenting
from arasha.cases.views.frame import GET_POST, opened
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Dossier, Unit
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import may_read
from arasha.kernel.access.rules import Facet
from arasha.kernel.worktime.rules.formats import format_moment


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def hearing(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Show when the child was heard and who may ask; keep what it told unasked, name the interviewer."""
    found = opened(request, dossier)
    if request.method == "POST" and request.POST.get("do") == "interviewer":
        return _named(request, found)
    form = UnaskedForm(request.POST or None, now=request.now) if request.actor.unit_id is not None else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid():
            said = form.cleaned_data
            try:
                actions.keep_unasked(
                    actor=request.actor,
                    dossier=dossier,
                    how=said["how"],
                    where=said["where"],
                    said_at=said["moment"],
                    words=said["words"],
                    now=request.now,
                )
            except actions.FileNotThere:
                raise Http404 from None
            messages.success(request, _("Kept word for word. Whoever leads the file is told."))
            return redirect("cases:hearing", dossier=dossier)
    return _page(request, found, "cases/hearing.html", form=form)


def _named(request: StaffRequest, found: Dossier) -> HttpResponse:
    try:
        actions.name_interviewer(actor=request.actor, dossier=found.pk, now=request.now)
    except (actions.FileNotThere, policy.NotAllowed):
        raise Http404 from None
    except actions.NobodyInterviews:
        messages.warning(
            request, _("No unit that interviews children and is not linked to the suspect serves this place.")
        )
    else:
        messages.success(request, _("Recorded."))
    return redirect("cases:hearing", dossier=found.pk)


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def facts(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Let the trained interviewer write down the answers; tell others who may ask, and lose nothing that they typed."""
    found = opened(request, dossier)
    if not queries.may_interview(dossier):
        return _refused(request, found)
    request.look(dossier, kind="facet", facet=Facet.INTERVIEW)
    form = FactsForm(request.POST or None, now=request.now)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.keep_facts(
                actor=request.actor,
                dossier=dossier,
                where=said["where"],
                said_at=said["moment"],
                words=said["words"],
                now=request.now,
            )
        except (actions.FileNotThere, actions.NotTheInterviewer):
            raise Http404 from None
        messages.success(request, _("Recorded."))
        return redirect("cases:facts", dossier=dossier)
    said_before = [
        {
            "words": one.words,
            "facts": f"{one.row.unit.name} · {format_moment(one.row.said_at, presenting.language(), request.now)}",
        }
        for one in queries.interview_of(dossier)
    ]
    return _page(request, found, "cases/facts.html", form=form, interview=said_before)


def _refused(request: StaffRequest, found: Dossier) -> HttpResponse:
    """Say who may ask about facts; what was typed is offered again as told unasked, so that no word is lost."""
    typed = request.POST.get("words", "")
    form = UnaskedForm(initial={"words": typed[:10_000]}, now=request.now) if request.actor.unit_id else None
    return _page(request, found, "cases/facts_refused.html", form=form, typed=bool(typed), status=403)


def _page(request: StaffRequest, found: Dossier, template: str, *, status: int = 0, **more: Any) -> HttpResponse:
    dossier = found.pk
    form = more.get("form")
    named = queries.interviewers(dossier)
    leads = policy.may_name_interviewer(request.actor, found)
    would = queries.interviewing_unit(found, request.now) if not named else None
    context = {
        "page_title": _("Before anybody asks the child"),
        "page_meta": presenting.child_of(dossier),
        "tabs": presenting.tabs_named(dossier, "happened"),
        "parts": happening.parts_of(dossier, "hearing"),
        "dossier": dossier,
        "heard": happening.heard_lines(dossier),
        "said": _said(request, dossier),
        "reads_words": may_read(dossier, Facet.NARRATIVE),
        "interviewers": _units(Unit.objects.filter(pk__in=named), request),
        "would": _units([would], request) if would else [],
        "may_name": leads and not named,
        "may_interview": queries.may_interview(dossier),
        **more,
    }
    wrong = form is not None and form.is_bound and form.errors
    return render(request, template, context, status=status or (422 if wrong else 200))


def _said(request: StaffRequest, dossier: UUID) -> list[dict[str, Any]]:
    said: list[dict[str, Any]] = presenting.SUBJECTS["words"].page(dossier, request.now)["said"]
    return said


def _units(units: Any, request: StaffRequest) -> list[dict[str, Any]]:
    """Return units with who is on duty there now."""
    found = list(units)
    duty = on_duty([unit.pk for unit in found], request.now)
    return [
        {"name": unit.name, "duty": [{"name": one.name, "phone": one.phone, "call": one.call} for one in duty[unit.pk]]}
        for unit in found
    ]
