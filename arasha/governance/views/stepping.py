"""What coordination enters of a pilot in its territory: evaluations, more money, the decision, corrections."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from arasha.governance import actions, policy, queries, rules
from arasha.governance.forms import CorrectForm, DecideForm, EvaluateForm, ExtendForm, Paged, StepForm
from arasha.governance.policy import KEEP
from arasha.governance.queries import Line
from arasha.governance.views import words
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.access.rules import NotThere
from arasha.ui.rules.page import Link

ALLOWED = ["GET", "HEAD", "POST"]
CORRECTABLE = {"entered", "evaluated", "extended", "decided"}


@may(KEEP)
@require_http_methods(ALLOWED)
def evaluate(request: StaffRequest, pilot: UUID) -> HttpResponse:
    """Enter an evaluation."""
    found = kept(request, pilot)
    return _step(request, found, EvaluateForm, _("Record an evaluation"))


@may(KEEP)
@require_http_methods(ALLOWED)
def extend(request: StaffRequest, pilot: UUID) -> HttpResponse:
    """Enter that the money was prolonged."""
    found = kept(request, pilot)
    return _step(request, found, ExtendForm, _("Prolong the money"), hint=words.prolonged(found))


@may(KEEP)
@require_http_methods(ALLOWED)
def decide(request: StaffRequest, pilot: UUID) -> HttpResponse:
    """Enter the decision."""
    found = kept(request, pilot)
    hint = _("Nobody who is helped now may be left without help: say who helps them afterwards.")
    return _step(request, found, DecideForm, _("Record the decision"), hint=hint)


@may(KEEP)
@require_http_methods(ALLOWED)
def correct(request: StaffRequest, pilot: UUID) -> HttpResponse:
    """Correct a step; what was entered stays to be read."""
    found = kept(request, pilot)
    back = found.stands.taken_back
    run = queries.steps_of(request.actor, pilot)
    steps = [(str(one.pk), words.named(one)) for one in run if one.kind in CORRECTABLE and one.pk not in back]
    hint = _("What was entered stays to be read, with the correction beside it. A description is changed instead.")
    return _step(request, found, CorrectForm, _("Correct a step"), hint=hint, steps=steps)


def kept(request: StaffRequest, pilot: UUID) -> Line:
    """Return a pilot that the actor keeps. Raises Http404."""
    try:
        found = queries.line(request.actor, pilot, today=words.today_of(request))
    except NotThere:
        raise Http404 from None
    if not policy.may_keep(request.actor, found.said.territories):
        raise Http404
    return found


def page(request: StaffRequest, found: Line, form: Paged, title: str, **more: Any) -> HttpResponse:
    """Return the page of a form about one pilot."""
    row = words.row(found, words.today_of(request))
    at = reverse("pilots:pilot", args=[found.pilot.pk])
    before = [Link(_("Pilots"), reverse("pilots:list")), Link(row["title"], at)]
    context = {"page_title": title, "row": row, "before": before, "form": form, "back": at} | more
    return render(request, "governance/form.html", context, status=422 if form.errors else 200)


def overtaken(request: StaffRequest, found: Line) -> dict[str, Any]:
    """Return what was typed, now after the last step that there is."""
    data = request.POST.copy()
    latest = queries.line(request.actor, found.pilot.pk, today=words.today_of(request))
    data["after"] = str(latest.stands.number)
    return data


def say_overtaken(form: Paged) -> None:
    """Say that somebody else was faster; what was typed stays."""
    form.add_error(
        None, _("Somebody entered something of this pilot meanwhile. Read it, and send this again if it still holds.")
    )


def _step(
    request: StaffRequest, found: Line, kind: type[StepForm], title: str, hint: str = "", **options: Any
) -> HttpResponse:
    form = kind(request.POST if request.method == "POST" else None, after=found.stands.number, **options)
    if form.is_valid():
        once, after, today = form.cleaned_data["once"], form.cleaned_data["after"], words.today_of(request)
        said = form.step(today)
        try:
            actions.add_step(
                actor=request.actor, ticket=once, pilot=found.pilot.pk, after=after, said=said, now=request.now
            )
        except rules.PilotFaulty as faulty:
            form.show_faults(faulty)
        except actions.TicketUsed:
            form.add_error(None, _("This page was sent already. Begin a new one."))
        except actions.Overtaken:
            form = kind(overtaken(request, found), **options)
            say_overtaken(form)
        else:
            messages.success(request, _("Recorded."))
            return redirect("pilots:pilot", pilot=found.pilot.pk)
    return page(request, found, form, title, hint=hint)
