"""Surveys as a school's psychologist runs them and an education department reads what came of them."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.access.queries import signature
from arasha.kernel.documents.actions import pdf
from arasha.surveys import actions, policy, queries, rules
from arasha.surveys.forms import BeginForm, SlipsForm
from arasha.surveys.models import Survey
from arasha.surveys.policy import RUN, SEE
from arasha.surveys.views import words
from arasha.ui.rules.page import Action, Link
from arasha.ui.rules.parts import Empty

GET_POST = ["GET", "HEAD", "POST"]


@may(SEE)
@require_safe
def surveys(request: StaffRequest) -> HttpResponse:
    """List the surveys of the school, or the released ones that a department oversees."""
    runs = policy.may_run(request.actor)
    rows = [
        {
            "url": reverse("surveys:survey", args=[one.pk]),
            "called": one.called,
            "unit": one.unit.name,
            "state": words.state(one),
            "begun": one.recorded_at,
        }
        for one in queries.surveys(request.actor)
    ]
    add = Action(_("Begin a survey"), reverse("surveys:begin")) if runs else None
    nothing = (
        Empty(
            _("No class was asked yet"),
            _("Pupils answer without a name how it is in class and at school. You see shares, never who said what."),
            [add],
        )
        if add
        else Empty(_("No results yet"), _("Results of a school’s surveys stand here once they are released."), [])
    )
    context = {"page_title": _("Class surveys"), "rows": rows, "nothing": nothing, "add": add, "runs": runs}
    return render(request, "surveys/list.html", context)


@may(RUN)
@require_http_methods(GET_POST)
def begin(request: StaffRequest) -> HttpResponse:
    """Begin a survey of one class."""
    form = BeginForm(request.POST if request.method == "POST" else None, initial={"language": get_language()})
    if form.is_valid():
        try:
            found = actions.begin_survey(actor=request.actor, now=request.now, **form.cleaned_data)
            return redirect("surveys:survey", survey=found.pk)
        except actions.AskedLately:
            form.add_error(
                "called",
                _(
                    "This class is being asked, or its results are less than 90 days old. Two results that close "
                    "together could tell what one pupil answered who came or left."
                ),
            )
    context = {"page_title": _("Begin a survey"), "form": form, "back": reverse("surveys:list")}
    return render(request, "surveys/begin.html", context, status=422 if form.errors else 200)


@may(SEE)
@require_safe
def survey(request: StaffRequest, survey: UUID) -> HttpResponse:
    """Show a survey: its steps while it lasts, its results when it is closed."""
    found = _found(request, survey)
    if found.state != "closed":
        return _steps(request, found, SlipsForm(enrolment=found.enrolment))
    context = _about(found) | {"nothing": words.why_nothing(found.outcome) if found.outcome != rules.RELEASED else ""}
    if found.outcome == rules.RELEASED:
        context |= {"tables": words.tables(found, queries.releases_of(found)), "split": found.split}
    return render(request, "surveys/results.html", context)


@may(RUN)
@require_POST
@sensitive_variables()
def slips(request: StaffRequest, survey: UUID) -> HttpResponse:
    """Draw new numbers and give them out as a document to be cut up; those printed before are void."""
    found = _mine(request, survey)
    form = SlipsForm(request.POST, enrolment=found.enrolment)
    if not form.is_valid():
        return _steps(request, found, form, 422)
    try:
        drawn = actions.print_slips(
            actor=request.actor, survey=survey, count=form.cleaned_data["count"], now=request.now
        )
    except actions.NotReady:
        return _not_now(request, survey)
    with override(found.language):
        data = {
            "called": found.called,
            "slips": [rules.shown(slip) for slip in drawn],
            "heading": _("Class survey"),
            "how": _("Open this address and type the number:"),
            "address": f"{settings.PUBLIC_ADDRESS.partition('://')[2]}/class/",
            "secret": _("Draw any slip. Nobody knows which one you have. It works once; tear it up afterwards."),
        }
        title = _("Slips for class %(called)s") % {"called": found.called}
    made = pdf(template="surveys/slips.typ", title=title, data=data, language=found.language, now=request.now)
    return _pdf(made, "arasha-slips.pdf")


@may(RUN)
@require_POST
def open_answers(request: StaffRequest, survey: UUID) -> HttpResponse:
    """Let the class answer."""
    _mine(request, survey)
    try:
        actions.open_survey(actor=request.actor, survey=survey, now=request.now)
    except actions.NotReady:
        messages.error(request, _("Print the slips first. A survey that is open already needs nothing more."))
    return redirect("surveys:survey", survey=survey)


@may(RUN)
@require_http_methods(GET_POST)
def close(request: StaffRequest, survey: UUID) -> HttpResponse:
    """Ask once more, then close a survey for good."""
    found = _mine(request, survey)
    if found.state == "closed":
        return redirect("surveys:survey", survey=survey)
    if request.method == "POST":
        try:
            actions.close_survey(actor=request.actor, survey=survey, now=request.now)
        except actions.NotReady:
            return _not_now(request, survey)
        return redirect("surveys:survey", survey=survey)
    context = _about(found) | {"page_title": _("Close the survey?"), "back": reverse("surveys:survey", args=[survey])}
    return render(request, "surveys/close.html", context)


@may(SEE)
@require_safe
def document(request: StaffRequest, survey: UUID) -> HttpResponse:
    """Give released results as a document."""
    found = _found(request, survey)
    if found.outcome != rules.RELEASED:
        raise Http404
    data = {
        "unit": found.unit.name,
        "tables": words.tables(found, queries.releases_of(found)),
        "heads": [_("Answer given"), _("Share")],
        "meaning": _meaning(),
    }
    title = _("Survey of class %(called)s") % {"called": found.called}
    who = signature(request.actor)
    language = get_language() or "kk"
    made = pdf(
        template="surveys/results.typ", title=title, data=data, language=language, now=request.now, printed_by=who
    )
    return _pdf(made, "arasha-class-survey.pdf")


def _steps(request: StaffRequest, found: Survey, form: SlipsForm, status: int = 200) -> HttpResponse:
    template = "surveys/prepare.html" if found.state == "begun" else "surveys/open.html"
    return render(request, template, _about(found) | {"form": form}, status=status)


def _about(found: Survey) -> dict[str, Any]:
    sheet = rules.questionnaire(found.questionnaire).sheet(found.age)
    return {
        "page_title": _("Survey of class %(called)s") % {"called": found.called},
        "page_meta": f"{found.unit.name} · {sheet.words} · {words.state(found)}",
        "tabs": [
            Link(_("Class surveys"), reverse("surveys:list")),
            Link(found.called, reverse("surveys:survey", args=[found.pk]), current=True),
        ],
        "survey": found,
        "questions": [str(question.words) for question in sheet.questions],
        "address": f"{settings.PUBLIC_ADDRESS.partition('://')[2]}/class/",
        "meaning": _meaning(),
    }


def _meaning() -> str:
    return _(
        "Shares are rounded on purpose, and the smallest and largest are not told exactly, so that nobody can reckon "
        "out what one pupil answered. These figures never change, and no other breakdown can be had."
    )


def _not_now(request: StaffRequest, survey: UUID) -> HttpResponse:
    messages.error(request, _("This can’t be done now: the survey went on meanwhile."))
    return redirect("surveys:survey", survey=survey)


def _pdf(made: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(made, content_type="application/pdf", headers=headers)


def _found(request: StaffRequest, survey: UUID) -> Survey:
    found = queries.survey(request.actor, survey)
    if found is None:
        raise Http404
    return found


def _mine(request: StaffRequest, survey: UUID) -> Survey:
    found = policy.own(request.actor).select_related("unit").filter(pk=survey).first()
    if found is None:
        raise Http404
    return found
