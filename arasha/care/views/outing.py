"""Going alone: one tap before, one after; and who is out now."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from arasha.care import actions, policy, queries, rules
from arasha.care.forms import OutingForm
from arasha.care.models import Outing
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in
from arasha.kernel.access.queries import names_of
from arasha.kernel.worktime.rules import local
from arasha.ui.rules.page import Link
from arasha.ui.rules.paging import skipped
from arasha.ui.rules.parts import Empty, State

PAGE = 25


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: StaffRequest) -> HttpResponse:
    """Say that one goes alone; while one is out, the way to say that one is out again."""
    here = queries.own_outing(request.actor)
    may_go = policy.may_go_alone(request.actor)
    if request.method == "POST" and not may_go:
        raise Http404
    form = OutingForm(request.POST if request.method == "POST" else None) if may_go else None
    if form is not None and form.is_valid():
        try:
            actions.check_in(actor=request.actor, said=form.said, now=request.now, ticket=form.ticket)
        except rules.Faulty as faulty:
            form.show_faults(faulty)
        except actions.AlreadyOut:
            messages.warning(request, _("You are out already, see below. End that first."))
            return redirect("care:outings")
        else:
            messages.success(request, _("Noted. When you are out again, tap “I am out safely”."))
            return redirect("care:outings")
    context = {
        "page_title": _("Lone visits"),
        "here": _line(here, {}, request.now) if here else None,
        "form": form,
        "past": [_line(row, {}, request.now) for row in queries.own_past(request.actor)],
        "longer": rules.MINUTES["longer"].more["minutes"],
        "told": rules.MINUTES["unit"].more["minutes"],
        "out": reverse("care:out_now"),
    }
    return render(request, "care/outings.html", context, status=422 if form and form.errors else 200)


@signed_in
@require_POST
def safe(request: StaffRequest) -> HttpResponse:
    """Say that one is out safely."""
    try:
        actions.come_out(actor=request.actor, now=request.now)
    except actions.NotThere:
        messages.info(request, _("No visit of yours is running."))
    else:
        messages.success(request, _("Good. Whoever was told of your silence knows it now."))
    return redirect("care:outings")


@signed_in
@require_POST
def longer(request: StaffRequest) -> HttpResponse:
    """Say once that it takes longer."""
    try:
        row = actions.be_longer(actor=request.actor, now=request.now)
    except actions.NotThere:
        messages.info(request, _("No visit of yours is running."))
    except actions.LongerOnce:
        messages.warning(request, _("It was made longer once. Come out and begin anew, or call your unit."))
    else:
        messages.success(request, _("Now you are expected at %(time)s.") % {"time": f"{local(row.expected_at):%H:%M}"})
    return redirect("care:outings")


@signed_in
@require_safe
def out_now(request: StaffRequest) -> HttpResponse:
    """List who is out now as far as the reader answers for them or was told, the latest first."""
    late = request.GET.get("shown") == "late"
    begin = skipped(request.GET.get("after", ""))
    found = queries.out_now(request.actor, late_at=request.now if late else None)
    rows = list(found[begin : begin + PAGE + 1])
    names = names_of({row.user_id for row in rows})
    shown = "late" if late else "all"
    context = {
        "page_title": _("Who is out alone now"),
        "before": [Link(_("Lone visits"), reverse("care:outings"))],
        "rows": [_line(row, names, request.now, reader=request) for row in rows[:PAGE]],
        "tabs": [Link(_("All"), "?shown=all", not late), Link(_("Late"), "?shown=late", late)],
        "following": f"?shown={shown}&after={begin + PAGE}" if len(rows) > PAGE else "",
        "previous": f"?shown={shown}&after={max(begin - PAGE, 0)}" if begin else "",
        "nothing": Empty(_("Nobody is out alone"), _("Whoever of your unit goes alone and says so stands here.")),
    }
    return render(request, "care/out_now.html", context)


@signed_in
@require_POST
def found(request: StaffRequest, outing: UUID) -> HttpResponse:
    """Say that a worker was reached and is safe."""
    try:
        actions.find_safe(actor=request.actor, outing=outing, now=request.now)
    except (actions.NotThere, policy.NotAllowed):
        raise Http404 from None
    messages.success(request, _("Noted: the worker is safe."))
    return redirect("care:out_now")


def _line(row: Outing, names: dict[int, str], now: datetime, reader: StaffRequest | None = None) -> dict[str, Any]:
    call = bool(reader and row.told_police_at and policy.may_find(reader.actor, row))
    return {
        "row": row,
        "worker": names.get(row.user_id, ""),
        "unit": row.unit.name if reader else "",
        "place": rules.PLACES.label(row.place),
        "state": _state(row, now),
        "ended": {"out": _("out safely"), "found": _("was reached, safe"), "lapsed": _("ended by itself")}.get(
            row.ended_how, ""
        ),
        "found": reverse("care:found", args=[row.pk]) if reader and policy.may_find(reader.actor, row) else "",
        "call": call,
        "police": [unit.name for unit in queries.police_near(row.unit, now)] if call else [],
    }


def _state(row: Outing, now: datetime) -> State:
    minutes = int((now - row.expected_at).total_seconds() // 60)
    if minutes < 0:
        return State("open", _("out"))
    words = ngettext("late by %(n)s minute", "late by %(n)s minutes", minutes) % {"n": minutes}
    return State("late", words)
