"""What is recorded at an item. What was typed stays on the page until it can be recorded."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from arasha.conferences import actions, policy, queries, rules
from arasha.conferences.forms import (
    AttendanceForm,
    ConfirmForm,
    DecisionForm,
    DissentForm,
    MinutesForm,
    PutOffForm,
    VoiceForm,
)
from arasha.conferences.models import Item
from arasha.conferences.views.items import found, shown_item, units_of
from arasha.kernel.access.door import StaffRequest
from arasha.kernel.access.policy import signed_in


@signed_in
@require_POST
def attendance(request: StaffRequest, item: UUID) -> HttpResponse:
    """Record who came."""
    row = found(request, item)
    form = AttendanceForm(request.POST, seats=queries.seats_of(row.pk))

    def call() -> None:
        actions.mark_seats(actor=request.actor, item=row.pk, marks=form.marks(), now=request.now)

    return _done(request, row, "attendance_form", form, call=call)


@signed_in
@sensitive_post_parameters()
@require_POST
def voice(request: StaffRequest, item: UUID) -> HttpResponse:
    """Record what the child wishes and who may hear it."""
    row = found(request, item)
    form = VoiceForm(request.POST, people=queries.colleagues(row, request.now))

    def call() -> None:
        seen = form.cleaned_data["seen"]
        try:
            actions.hear_child(actor=request.actor, item=row.pk, said=form.said, seen=seen, now=request.now)
        except actions.ItemChanged:
            heard = queries.voice_of(row.pk)
            form.see(heard.row.revision if heard else 0)
            raise

    return _done(request, row, "voice_form", form, call=call)


@signed_in
@sensitive_post_parameters()
@require_POST
def decide(request: StaffRequest, item: UUID) -> HttpResponse:
    """Record a decision; it is owed from now on."""
    row = found(request, item)
    form = DecisionForm(request.POST, units=units_of(queries.seats_of(row.pk)))

    def call() -> None:
        actions.decide(actor=request.actor, item=row.pk, said=form.said, now=request.now, ticket=form.ticket)

    return _done(
        request, row, "decision_form", form, call=call, words=_("Decided. The unit owes it from now on and was told.")
    )


@signed_in
@require_POST
def put_off(request: StaffRequest, item: UUID) -> HttpResponse:
    """Put the item off to the next sitting."""
    row = found(request, item)
    form = PutOffForm(request.POST, auto_id="off_%s")

    def call() -> None:
        actions.put_off(actor=request.actor, item=row.pk, reason=form.cleaned_data["reason"], now=request.now)

    return _done(
        request, row, "put_off_form", form, call=call, words=_("Put off. It comes back at the next sitting by itself.")
    )


@signed_in
@require_POST
def urgent(request: StaffRequest, item: UUID) -> HttpResponse:
    """Say that the item can't wait for a quorum."""
    row = found(request, item)
    try:
        actions.make_urgent(actor=request.actor, item=row.pk, now=request.now)
    except (actions.NotThere, policy.NotAllowed):
        raise Http404 from None
    except actions.ItemChanged:
        messages.warning(request, _("A colleague has dealt with it meanwhile."))
    else:
        messages.success(request, _("Recorded: it is decided now, with or without a quorum."))
    return redirect("conferences:item", item=row.pk)


@signed_in
@require_POST
def confirm(request: StaffRequest, item: UUID) -> HttpResponse:
    """Say what becomes of a decision that was taken without quorum."""
    row = found(request, item)
    form = ConfirmForm(request.POST)

    def call() -> None:
        got = form.cleaned_data
        actions.confirm(
            actor=request.actor, item=row.pk, decision=got["decision"], verdict=got["verdict"], now=request.now
        )

    return _done(request, row, "confirm_form", form, call=call)


@signed_in
@sensitive_post_parameters()
@require_POST
def differ(request: StaffRequest, item: UUID) -> HttpResponse:
    """Put a dissent beside a decision."""
    row = found(request, item)
    form = DissentForm(request.POST)

    def call() -> None:
        got = form.cleaned_data
        actions.differ(actor=request.actor, decision=got["decision"], words=got["words"], now=request.now)

    return _done(request, row, "wrong_dissent", form, call=call)


@signed_in
@sensitive_post_parameters()
@require_POST
def minutes(request: StaffRequest, item: UUID) -> HttpResponse:
    """Confirm the minutes, or the next version of them."""
    row = found(request, item)
    seen = int(request.POST.get("seen", "")) if request.POST.get("seen", "").isdecimal() else 0
    form = MinutesForm(request.POST, seen=seen, auto_id="minutes_%s")

    def call() -> None:
        got = form.cleaned_data
        actions.sign_minutes(
            actor=request.actor,
            item=row.pk,
            words=got["words"],
            seen=got["seen"],
            reason=got.get("reason", "") or ("mistake" if got["seen"] else ""),
            now=request.now,
        )

    return _done(request, row, "minutes_form", form, call=call, words=_("The minutes are confirmed."))


def _done(
    request: StaffRequest, row: Item, name: str, form: Any, *, call: Callable[[], None], words: str = ""
) -> HttpResponse:
    """Call an action when the form is valid; else show the page again with everything that was typed."""
    if form.is_valid():
        try:
            call()
        except (actions.NotThere, policy.NotAllowed):
            raise Http404 from None
        except rules.Faulty as faulty:
            form.show_faults(faulty)
        except actions.NoQuorum:
            form.add_error(None, _("Too few came, so it can’t be decided. Put it off, or mark the item as urgent."))
        except actions.ChildNotHeard:
            form.add_error(
                None, _("First say what the child wishes, or why it was not asked. What is urgent need not wait.")
            )
        except actions.UnitNotThere:
            form.add_error("unit", _("This unit is not at the table."))
        except actions.ItemChanged:
            form.add_error(
                None, _("A colleague has dealt with it meanwhile: see what stands here now. Yours was not recorded.")
            )
        else:
            messages.success(request, words or _("Recorded."))
            return redirect("conferences:item", item=row.pk)
    row.refresh_from_db()
    return shown_item(request, row, {name: form}, status=422)
