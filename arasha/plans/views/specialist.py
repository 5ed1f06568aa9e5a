"""Questions to specialists: asked from a file, answered on a page of their own."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from arasha.cases import queries as cases
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Facet as FacetRow
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.rules import Facet
from arasha.kernel.worktime.rules.formats import format_moment
from arasha.obligations import actions as duties
from arasha.plans import actions, policy, queries
from arasha.plans.forms import AnswerForm, SpecialistForm
from arasha.plans.models import SpecialistQuestion
from arasha.plans.rules import places as place_rules
from arasha.plans.rules import referral as rules
from arasha.plans.views import referral_words
from arasha.plans.views.outside import hint as unit_hint
from arasha.plans.views.pages import GET_POST
from arasha.plans.views.presenting import child_of
from arasha.plans.views.words import language, opened
from arasha.ui.fields import Option
from arasha.ui.rules.page import Link
from arasha.ui.rules.parts import Empty, State


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def specialists(request: StaffRequest, dossier: UUID) -> HttpResponse:
    """Ask a specialist about the child of a file, and list what was asked before."""
    opened(request, dossier)
    case = queries.case_of(request.actor, dossier)
    if case is None:
        raise Http404
    asks = policy.may_ask_specialist(request.actor, case)
    given = request.POST if request.method == "POST" else request.GET
    wanted = given.get("specialist", "")
    wanted = wanted if wanted in rules.SPECIALISTS else next(iter(rules.SPECIALISTS)).code
    units = queries.specialists(case, wanted, request.actor, request.now) if asks else []
    form = _asking(request, wanted, units) if units else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and (row := _asked(request, dossier, form)) is not None:
            messages.success(request, _("Asked. The answer is owed in time; the case stays with you."))
            return redirect("plans:question", question=row.pk)
    context = _frame(dossier) | {
        "page_title": _("Ask a specialist"),
        "asks": asks,
        "kinds": [(row.code, row.label(language()), row.code == wanted) for row in rules.SPECIALISTS],
        "form": form,
        "rows": [_line(row, request) for row in queries.questions_of(dossier)],
        "nothing": Empty(_("Nobody was asked yet"), _("What was asked stands here with its answer.")),
    }
    return render(request, "plans/specialists.html", context, status=422 if form is not None and form.errors else 200)


@signed_in
@sensitive_post_parameters()
@require_http_methods(GET_POST)
def question(request: StaffRequest, question: UUID) -> HttpResponse:
    """Show one question, and let the unit that was asked answer it."""
    read = queries.question_of(question)
    if read is None:
        raise Http404
    opened(request, read.row.dossier_id)
    if read.row.duty_id is not None:
        duties.see(actor=request.actor, obligations=[read.row.duty_id], now=request.now)
    answers = read.row.answered_at is None and policy.may_answer_specialist(request.actor, read.row)
    form = _answering(request, read.row) if answers else None
    if request.method == "POST":
        if form is None:
            raise Http404
        if form.is_valid() and _answered(request, read.row, form):
            messages.success(request, _("Answered. Whoever asked was told."))
            return redirect("plans:question", question=question)
    context = _frame(read.row.dossier_id) | {
        "page_title": rules.SPECIALISTS.label(read.row.specialist),
        "one": _line(read.row, request),
        "words": read.words,
        "asked": _who(read.row.from_unit.name, read.who, read.row.asked_at, request),
        "answer": read.answer,
        "answered": _who(read.answer.row.unit.name, read.answer.who, read.answer.row.at, request)
        if read.answer
        else "",
        "form": form,
    }
    return render(request, "plans/question.html", context, status=422 if form is not None and form.errors else 200)


def _asking(request: StaffRequest, wanted: str, units: list[queries.Outside]) -> SpecialistForm:
    shown = [(str(one.unit.pk), Option(one.unit.name, unit_hint(one))) for one in units]
    data = request.POST if request.method == "POST" else None
    initial = {"specialist": wanted, "urgency": "ordinary"}
    return SpecialistForm(data, units=shown, urgencies=referral_words.urgencies("specialist"), initial=initial)


def _asked(request: StaffRequest, dossier: UUID, form: SpecialistForm) -> SpecialistQuestion | None:
    got = form.cleaned_data
    asked = actions.SpecialistAsked(
        specialist=got["specialist"], unit=int(got["unit"]), urgency=got["urgency"], words=got["words"]
    )
    try:
        return actions.ask_specialist(
            actor=request.actor, dossier=dossier, asked=asked, now=request.now, question_id=form.ticket
        )
    except (actions.FileNotThere, actions.UnitNotAskable):
        raise Http404 from None
    except rules.ReferralFaulty:
        form.add_error("words", _("Write your question."))
        return None


def _answering(request: StaffRequest, row: SpecialistQuestion) -> AnswerForm:
    facets = queries.facets_for_answer(row, request.now)
    labels = {one.bit: getattr(one, f"label_{language()}") for one in FacetRow.objects.filter(bit__in=facets)}
    choices = [(int(facet), labels[facet]) for facet in facets]
    return AnswerForm(request.POST if request.method == "POST" else None, facets=choices)


def _answered(request: StaffRequest, row: SpecialistQuestion, form: AnswerForm) -> bool:
    got = form.cleaned_data
    try:
        actions.answer_specialist(
            actor=request.actor, question=row.pk, facet=Facet(got["facet"]), words=got["words"], now=request.now
        )
    except actions.QuestionNotThere:
        raise Http404 from None
    except actions.AnsweredBefore:
        form.add_error(None, _("A colleague answered it meanwhile. What you typed stands here: nothing was sent."))
    except rules.ReferralFaulty:
        form.add_error("words", _("Write your answer."))
    return not form.errors


def _line(row: SpecialistQuestion, request: StaffRequest) -> dict[str, Any]:
    late = row.answered_at is None and row.duty is not None and row.duty.due_now < request.now
    due = format_moment(row.duty.due_now, language(), request.now) if row.duty is not None else ""
    if row.answered_at is not None:
        state = State("met", _("answered"))
    else:
        state = State("late" if late else "open", _("late") if late else _("by %(day)s") % {"day": due})
    return {
        "row": row,
        "url": queries.question_link(row.pk),
        "specialist": rules.SPECIALISTS.label(row.specialist),
        "to": row.to_unit.name,
        "from": row.from_unit.name,
        "asked": format_moment(row.asked_at, language(), request.now),
        "urgency": place_rules.URGENCIES.label(row.urgency),
        "urgent": row.urgency != "ordinary",
        "state": state,
    }


def _who(unit: str, person: str, at: Any, request: StaffRequest) -> str:
    return " · ".join(filter(None, (unit, person, format_moment(at, language(), request.now))))


def _frame(dossier: UUID) -> dict[str, Any]:
    tabs = [
        Link(_("The file"), cases.link(dossier)),
        Link(_("Ask a specialist"), f"/plans/{dossier}/specialists/", current=True),
    ]
    return {"page_meta": child_of(dossier), "tabs": tabs, "dossier": dossier}
