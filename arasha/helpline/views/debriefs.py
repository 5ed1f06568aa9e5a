"""Debriefs: what is owed to me, whom I am asked by, and the unit's sums."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_POST, require_safe

from arasha.helpline import actions, policy, queries
from arasha.helpline.forms import AskForm, HeldForm
from arasha.helpline.models import Debrief
from arasha.helpline.policy import ANSWER
from arasha.helpline.rules.debriefs import DEBRIEF_STATES, REASONS
from arasha.helpline.views import console, showing
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import may
from arasha.kernel.access.queries import names_of
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date, format_moment
from arasha.ui.rules.parts import Figure

COUNTED = timedelta(days=30)


@may(ANSWER)
@require_safe
@sensitive_variables()
def debriefs(request: StaffRequest) -> HttpResponse:
    """Show what is owed to the reader, what they are asked for, and to a supervisor the sums of a month."""
    return _page(request)


@sensitive_variables()
def _page(request: StaffRequest, *, wrong: UUID | None = None, form: Any = None) -> HttpResponse:
    actor, now = request.actor, request.now
    own, asked = queries.own_debriefs(actor), queries.asked_debriefs(actor)
    said = queries.debrief_words(actor, [*own, *asked], now)
    names = names_of({user for row in [*own, *asked] for user in (row.operator_id, row.supervisor_id) if user})
    whom = queries.debriefers(actor, now)
    shown = []
    for row in [*own, *asked]:
        one = _shown(request, row, said.get(row.pk, []), names)
        one["ask"] = (
            form if row.pk == wrong and isinstance(form, AskForm) else AskForm(whom=whom, auto_id=f"a-{row.pk}-%s")
        )
        one["held"] = form if row.pk == wrong and isinstance(form, HeldForm) else HeldForm(auto_id=f"h-{row.pk}-%s")
        shown.append(one)
    load = queries.debrief_load(actor, now, now - COUNTED)
    context = {
        "page_title": _("Debriefs"),
        "page_meta": _("Helpline"),
        "tabs": console.tabs(request, "debriefs"),
        "own": shown[: len(own)],
        "asked": shown[len(own) :],
        "nobody": not whom,
        "figures": _figures(load) if load else [],
    }
    return render(request, "helpline/debriefs.html", context, status=422 if form else 200)


def _figures(load: queries.Load) -> list[Figure]:
    return [
        Figure(str(load.owed), _("heavy contacts in 30 days")),
        Figure(str(load.asked), _("debriefs asked for")),
        Figure(str(load.late), _("overdue"), late=load.late > 0),
        Figure(str(load.held), _("took place")),
    ]


@sensitive_variables()
def _shown(request: StaffRequest, row: Debrief, said: list[Any], names: dict[int, str]) -> dict[str, Any]:
    language, now = showing.language(), request.now
    return {
        "id": row.pk,
        "reason": showing.capital(REASONS.label(row.reason)),
        "state": DEBRIEF_STATES.label(row.state),
        "open": row.state != "held",
        "to_ask": row.state in {"owed", "declined"},
        "was_asked": row.state == "asked",
        "late": row.state == "asked" and row.due_at <= now,
        "due": format_moment(local(row.due_at), language, now),
        "held_on": format_date(row.held_on, language) if row.held_on else "",
        "who": names.get(row.operator_id, "–"),
        "with": names.get(row.supervisor_id or 0, ""),
        "words": [(names.get(user, "–"), format_moment(local(at), language, now), text) for user, at, text in said],
    }


@may(ANSWER)
@require_POST
def heavy(request: StaffRequest, contact: UUID) -> HttpResponse:
    """Say that a contact was heavy."""
    try:
        actions.mark_heavy(actor=request.actor, contact=contact, now=request.now)
    except (actions.ContactNotThere, actions.NotYours, actions.ContactEnded, policy.NotAllowed):
        raise Http404 from None
    messages.success(request, _("A debrief is offered to you: ask for it or decline."))
    return redirect("helpline:debriefs")


@may(ANSWER)
@require_POST
@sensitive_post_parameters()
@sensitive_variables()
def ask(request: StaffRequest, debrief: UUID) -> HttpResponse:
    """Ask for the talk."""
    if queries.debrief_of_two(request.actor, debrief) is None:
        raise Http404
    form = AskForm(request.POST, whom=queries.debriefers(request.actor, request.now), auto_id=f"a-{debrief}-%s")
    if not form.is_valid():
        return _page(request, wrong=debrief, form=form)
    try:
        actions.ask_debrief(actor=request.actor, debrief=debrief, now=request.now, **form.cleaned_data)
    except (actions.DebriefNotThere, actions.NotYours, policy.NotAllowed):
        raise Http404 from None
    messages.success(request, _("They are told that you ask for a debrief."))
    return redirect("helpline:debriefs")


@may(ANSWER)
@require_POST
def decline(request: StaffRequest, debrief: UUID) -> HttpResponse:
    """Decline the talk; it can be asked for later."""
    try:
        actions.decline_debrief(actor=request.actor, debrief=debrief, now=request.now)
    except (actions.DebriefNotThere, policy.NotAllowed):
        raise Http404 from None
    messages.success(request, _("Declined. You can ask for it later."))
    return redirect("helpline:debriefs")


@may(ANSWER)
@require_POST
@sensitive_post_parameters()
@sensitive_variables()
def write(request: StaffRequest, debrief: UUID) -> HttpResponse:
    """Write to the other of the two."""
    if queries.debrief_of_two(request.actor, debrief) is None:
        raise Http404
    words = request.POST.get("words", "")
    try:
        actions.write_debrief(actor=request.actor, debrief=debrief, words=words, now=request.now)
    except (actions.DebriefNotThere, policy.NotAllowed):
        raise Http404 from None
    except actions.NothingSaid:
        messages.error(request, _("Write something first."))
    return redirect("helpline:debriefs")


@may(ANSWER)
@require_POST
def took_place(request: StaffRequest, debrief: UUID) -> HttpResponse:
    """Note the day on which the talk took place."""
    if queries.debrief_of_two(request.actor, debrief) is None or not policy.may_supervise(request.actor):
        raise Http404
    form = HeldForm(request.POST, auto_id=f"h-{debrief}-%s")
    if form.is_valid():
        try:
            held_on = form.cleaned_data["held_on"]
            actions.note_held(actor=request.actor, debrief=debrief, held_on=held_on, now=request.now)
            messages.success(request, _("Kept."))
            return redirect("helpline:debriefs")
        except (actions.DebriefNotThere, policy.NotAllowed):
            raise Http404 from None
        except actions.WrongDay:
            form.add_error("held_on", _("A day between the contact and today."))
    return _page(request, wrong=debrief, form=form)
