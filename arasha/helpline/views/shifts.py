"""Shifts: who is on, what is open and handed over, planning, and a sheet to print."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arasha.helpline import actions, policy, queries, rules
from arasha.helpline.forms import ShiftForm, WordsForm
from arasha.helpline.models import Shift
from arasha.helpline.policy import ANSWER
from arasha.helpline.queries.shifts import Open
from arasha.helpline.rules.shifts import ShiftWrong
from arasha.helpline.views import console, showing
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.access.queries import signature
from arasha.kernel.documents.actions import pdf
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_moment, format_time

WRONG: dict[str, Callable[[], str]] = {
    "backwards": lambda: _("The end lies before the beginning."),
    "over": lambda: _("These hours are over already."),
    "long": lambda: _("A shift lasts at most 24 hours."),
    "posts": lambda: _("Choose who is on."),
}


@may(ANSWER)
@require_safe
@sensitive_variables()
def shifts(request: StaffRequest) -> HttpResponse:
    """Show who is on, and what is open with its notes."""
    actions.be_there(actor=request.actor, now=request.now)
    return _page(request)


@sensitive_variables()
def _page(request: StaffRequest, *, subject: UUID | None = None, words: WordsForm | None = None) -> HttpResponse:
    actor, now = request.actor, request.now
    mine = queries.shift_of(actor.post_id or 0, actor.unit_id or 0, now)
    rows = [_matter(request, one, mine) for one in queries.open_matters(actor, now)]
    for row in rows:
        row["form"] = words if words is not None and row["id"] == subject else WordsForm(auto_id=f"id-{row['id']}-%s")
    context = {
        "page_title": _("Shift"),
        "page_meta": _("Helpline"),
        "tabs": console.tabs(request, "shifts"),
        "rows": rows,
        "plan": [_shift(row, request) for row in queries.shifts(actor, now)],
        "supervises": policy.may_supervise(actor),
        "on": bool(mine),
    }
    return render(request, "helpline/shifts.html", context, status=422 if words else 200)


def _shift(row: Shift, request: StaffRequest) -> dict[str, Any]:
    now = request.now
    states = {True: _("now"), False: _("to come")}
    return {
        "id": row.pk,
        "hours": f"{format_moment(local(row.starts_at), showing.language(), now)} – {format_time(local(row.ends_at))}",
        "who": ", ".join(queries.who(seat.post for seat in row.seats.all())),
        "state": _("over") if row.ends_at <= now else states[row.starts_at <= now],
        "now": row.starts_at <= now < row.ends_at,
        "may_cancel": row.starts_at > now,
    }


@sensitive_variables()
def _matter(request: StaffRequest, one: Open, mine: set[UUID]) -> dict[str, Any]:
    other = one.holder is not None and one.holder != request.actor.post_id
    theirs = queries.shift_of(one.holder, request.actor.unit_id or 0, request.now) if one.holder and other else set()
    return {
        "id": one.subject,
        "kind": showing.capital(rules.MATTERS.label(one.kind)),
        "danger": one.kind == "danger",
        "title": showing.title(one.contact),
        "url": reverse("helpline:contact", args=[one.contact.pk]),
        "by": one.by or _("nobody yet: in the queue"),
        "mine": one.holder == request.actor.post_id,
        "since": format_moment(local(one.since), showing.language(), request.now),
        "note": one.note,
        "taken": one.taken,
        "may_take": bool(mine) and other and not one.queued and not (mine & theirs),
    }


@may(ANSWER)
@require_POST
@sensitive_post_parameters()
@sensitive_variables()
def note(request: StaffRequest, subject: UUID) -> HttpResponse:
    """Say what the next shift must know of something open."""
    if not any(one.subject == subject for one in queries.open_matters(request.actor, request.now)):
        raise Http404
    form = WordsForm(request.POST, auto_id=f"id-{subject}-%s")
    if not form.is_valid():
        return _page(request, subject=subject, words=form)
    try:
        actions.note_matter(actor=request.actor, subject=subject, words=form.cleaned_data["words"], now=request.now)
    except (actions.ContactNotThere, policy.NotAllowed):
        raise Http404 from None
    messages.success(request, _("Kept for the next shift."))
    return redirect("helpline:shifts")


@may(ANSWER)
@require_POST
def take(request: StaffRequest, subject: UUID) -> HttpResponse:
    """Confirm that something open is the actor's from now on."""
    try:
        actions.take_over(actor=request.actor, subject=subject, now=request.now)
        messages.success(request, _("It is yours now."))
    except (actions.ContactNotThere, policy.NotAllowed):
        raise Http404 from None
    except actions.AlreadyTaken:
        messages.error(request, _("A colleague has taken it over, or it is done."))
    except actions.NotNext:
        messages.error(request, _("Whoever is on in the next shift takes over."))
    return redirect("helpline:shifts")


@may(ANSWER)
@require_http_methods(["GET", "HEAD", "POST"])
def plan(request: StaffRequest) -> HttpResponse:
    """Plan hours and who is on."""
    if not policy.may_supervise(request.actor):
        raise Http404
    seats = queries.seats_to_plan(request.actor, request.now)
    form = ShiftForm(request.POST if request.method == "POST" else None, seats=seats)
    if form.is_valid():
        starts_at, ends_at = form.hours()
        given: dict[str, Any] = {"starts_at": starts_at, "ends_at": ends_at, "posts": form.cleaned_data["posts"]}
        try:
            actions.plan_shift(actor=request.actor, now=request.now, **given)
            messages.success(request, _("The shift is planned."))
            return redirect("helpline:shifts")
        except ShiftWrong as wrong:
            form.add_error("posts" if wrong.code == "posts" else "ends_at", WRONG[wrong.code]())
    context = {
        "page_title": _("Plan a shift"),
        "page_meta": _("Helpline"),
        "tabs": console.tabs(request, "shifts"),
        "form": form,
    }
    return render(request, "helpline/plan.html", context, status=422 if form.errors else 200)


@may(ANSWER)
@require_POST
def cancel(request: StaffRequest, shift: UUID) -> HttpResponse:
    """Cancel a shift that has not begun."""
    try:
        actions.cancel_shift(actor=request.actor, shift=shift, now=request.now)
    except (actions.ShiftNotThere, policy.NotAllowed):
        raise Http404 from None
    messages.success(request, _("The shift is cancelled."))
    return redirect("helpline:shifts")


@may(ANSWER)
@require_safe
def sheet(request: StaffRequest) -> HttpResponse:
    """Print what is handed over: kinds, times and names of operators. What was said or noted is not printed."""
    mine: set[UUID] = set()
    rows = [_matter(request, one, mine) for one in queries.open_matters(request.actor, request.now)]
    data = {
        "unit": _("Helpline"),
        "shifts": [
            [row["hours"], row["who"], row["state"]]
            for row in (_shift(one, request) for one in queries.shifts(request.actor, request.now))
        ],
        "shift_heads": [_("Hours"), _("Who is on"), _("State")],
        "rows": [[row["kind"], row["title"], row["by"], _("yes") if row["taken"] else "☐"] for row in rows],
        "heads": [_("What is open"), _("Contact"), _("In whose hands"), _("Taken over")],
        "nothing": _("Nothing is open."),
        "secret": _("Notes and words stand in the system alone. Tear this sheet up after the hand-over."),
    }
    given: dict[str, Any] = {
        "title": _("Shift hand-over"),
        "data": data,
        "language": showing.language(),
        "now": request.now,
    }
    made = pdf(template="helpline/shift.typ", printed_by=signature(request.actor), **given)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="arasha-shift.pdf"'
    return answer
