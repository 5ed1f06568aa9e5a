"""An emergency is declared and ended; a body says how it works."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from arasha.emergency import actions, policy, queries, rules
from arasha.emergency.forms import EmergencyForm, LiftingForm, StandingForm
from arasha.emergency.models import Emergency
from arasha.emergency.views.reading import language, line
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.models import Unit
from arasha.kernel.access.policy import may, signed_in
from arasha.kernel.access.rules import NotThere
from arasha.kernel.territory.queries import within
from arasha.kernel.worktime.rules import local
from arasha.ui.rules.page import Link
from arasha.ui.rules.paging import skipped

GET_POST = ["GET", "HEAD", "POST"]
GONE = (NotThere, policy.NotAllowed)


@may(policy.DECLARE)
@require_http_methods(GET_POST)
def declare(request: StaffRequest) -> HttpResponse:
    """Declare an emergency for the own territory or a part of it."""
    form = EmergencyForm(request.POST if request.method == "POST" else None, places=_places(request))
    if form.is_valid():
        try:
            made = actions.declare(actor=request.actor, ticket=form.ticket, said=form.said, now=request.now)
        except rules.Faulty as faulty:
            form.show_fault(faulty)
        except actions.AlreadyDeclared:
            form.add_error("kind", _("Such an emergency is declared for this territory already. End it first."))
        except policy.NotAllowed:
            raise Http404 from None
        else:
            messages.success(request, _("Declared. Each body says now whether it is open."))
            return redirect("emergency:emergency", emergency=made)
    return show_form(request, form, _("Declare an emergency"), reverse("emergency:list"))


@may(policy.DECLARE)
@require_POST
def end(request: StaffRequest, emergency: UUID) -> HttpResponse:
    """End an emergency before its last day."""
    try:
        actions.end_early(actor=request.actor, emergency=emergency, now=request.now)
    except GONE:
        raise Http404 from None
    messages.success(request, _("The emergency is over. What others owed in place of closed bodies comes back."))
    return redirect("emergency:emergency", emergency=emergency)


@signed_in
@require_http_methods(GET_POST)
def standing(request: StaffRequest, emergency: UUID) -> HttpResponse:
    """Say how the own body works, or as coordination another (`?unit=`)."""
    row, unit = _there(request, emergency)
    found = queries.may_stand_in(unit, request.now)
    units = [(one.pk, one.name) for one in found]
    form = StandingForm(request.POST if request.method == "POST" else None, last_on=row.last_on, units=units)
    if form.is_valid():
        given: dict[str, Any] = {"actor": request.actor, "ticket": form.ticket, "emergency": row.pk, "now": request.now}
        if entered(form, partial(actions.say_standing, said=form.said_of(unit.pk), **given)):
            messages.success(request, _("Recorded. What a closed body owes goes over within minutes."))
            return redirect("emergency:emergency", emergency=row.pk)
    return show_form(request, form, unit.name, reverse("emergency:emergency", args=[row.pk]), row)


def _there(request: StaffRequest, emergency: UUID) -> tuple[Emergency, Unit]:
    """Return the emergency and the unit of which is said. Raises Http404 for what is not there or not the actor's."""
    try:
        row = queries.emergency(request.actor, emergency)
    except NotThere:
        raise Http404 from None
    wanted = skipped(request.GET.get("unit", "")) or request.actor.unit_id or 0
    unit = queries.units_in(row, request.actor, local(request.now).date()).filter(pk=wanted).first()
    if unit is None or not policy.may_say(request.actor, unit):
        raise Http404
    return row, unit


def entered(form: LiftingForm | StandingForm, do: Callable[[], object]) -> bool:
    """Do what a form says of an emergency; what can't stand is said at it, and False. Raises Http404."""
    try:
        do()
    except rules.Faulty as faulty:
        form.show_fault(faulty)
    except actions.EmergencyOver:
        form.add_error(None, _("This emergency is over."))
    except GONE:
        raise Http404 from None
    return not form.errors


def show_form(
    request: StaffRequest, form: LiftingForm | StandingForm, title: str, back: str, row: Emergency | None = None
) -> HttpResponse:
    """Show a form about an emergency, with the pages above it."""
    before = [Link(_("Emergencies"), reverse("emergency:list"))]
    before += [Link(line(row)["title"], back)] if row else []
    context = {"page_title": title, "before": before, "form": form, "back": back}
    return render(request, "emergency/form.html", context, status=422 if form.is_bound else 200)


def _places(request: StaffRequest) -> list[tuple[str, str]]:
    """Return the actor's own territory down to districts, districts below their region."""
    rows = within(request.actor.territory, request.now.date()).filter(level__lte=2).order_by("path")
    return [(one.kato, f"{'— ' * one.level}{one.name(language())}") for one in rows]
