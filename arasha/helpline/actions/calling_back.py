"""Ringing back: whoever wished it, or rang in vain. One number is rung by one operator."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.helpline import policy, queries, rules
from arasha.helpline.actions.found import NothingSaid, acting, locked
from arasha.helpline.models import CallBack
from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.vault.actions import seal_text
from arasha.ui.rules.phones import SHORT, NotAPhone, normal

LONGEST_HOW = 500


class CallBackNotThere(LookupError):
    """There is no such call-back for this actor."""


class CallBackTaken(Exception):
    """Another operator has it, or it is over."""


@sensitive_variables()
def ask_call_back(
    *, actor: Actor, contact: UUID, number: str, now: datetime, how: str = "", due_at: datetime | None = None
) -> CallBack:
    """Put a number down to be rung, by `due_at` (within half an hour when nothing was said); `how` to ring safely.

    Raises NotAllowed, ContactNotThere, NotAPhone; NothingSaid where `how` is too long.
    """
    said, safely = normal(number, abroad=True), how.strip()
    if SHORT.fullmatch(said):
        raise NotAPhone
    if len(safely) > LONGEST_HOW:
        raise NothingSaid
    with transaction.atomic():
        row = locked(actor, contact)
        asked = CallBack(id=uuid4(), dossier_id=row.dossier_id, contact=row, unit_id=row.unit_id, asked_at=now)
        asked.due_at = due_at or now + rules.CALL_BACK_WITHIN
        place = queries.place_of(row.dossier_id, "helpline_callback")
        asked.sealed = seal_text(queries.Ask(said, safely).to_json(), row=asked.pk, **place)
        with acting("ask_call_back", row, now, facet=Facet.CONTACTS):
            asked.save(force_insert=True)
    return asked


def take_call_back(*, actor: Actor, now: datetime, call_back: UUID | None = None) -> CallBack | None:
    """Take a call-back, or the one that is due first; two operators never take the same.

    None when none was named and none waits. Raises NotAllowed, CallBackNotThere, CallBackTaken.
    """
    if not policy.may_answer(actor):
        raise policy.NotAllowed
    with transaction.atomic():
        own = CallBack.objects.select_related("contact").filter(contact__in=policy.visible_to(actor))
        if call_back is None:
            free = own.filter(unit=actor.unit_id, state="waiting").order_by("due_at", "id")
            row = free.select_for_update(of=("self",), skip_locked=True).first()
            if row is None:
                return None
        else:
            row = own.select_for_update(of=("self",)).filter(pk=call_back).first()
            if row is None:
                raise CallBackNotThere
            if row.state != "waiting":
                raise CallBackTaken
        row.state, row.operator_id, row.taken_at = "taken", actor.post_id, now
        with acting("take_call_back", row.contact, now, facet=Facet.CONTACTS):
            row.save(update_fields=["state", "operator", "taken_at"])
    return row


def call_back_done(*, actor: Actor, call_back: UUID, outcome: str, now: datetime) -> CallBack:
    """Say what came of ringing: it is over, or it waits to be tried again, at most five times.

    Raises NotAllowed, CallBackNotThere, CallBackTaken (another has it), UnknownCode.
    """
    ends = rules.CALL_BACK_OUTCOMES[outcome].more["ends"] == "yes"
    if not policy.may_answer(actor):
        raise policy.NotAllowed
    with transaction.atomic():
        own = CallBack.objects.select_related("contact").filter(contact__in=policy.visible_to(actor))
        row = own.select_for_update(of=("self",)).filter(pk=call_back).first()
        if row is None:
            raise CallBackNotThere
        if row.state != "taken" or row.operator_id != actor.post_id:
            raise CallBackTaken
        row.attempts, row.outcome = row.attempts + 1, outcome
        if ends:
            row.state, row.ended_at = "done" if outcome == "reached" else "given_up", now
        elif row.attempts >= rules.MOST_ATTEMPTS:
            row.state, row.ended_at = "given_up", now
        else:
            row.state, row.operator_id, row.due_at = "waiting", None, now + rules.CALL_BACK_WITHIN
        with acting("call_back_done", row.contact, now, facet=Facet.CONTACTS, outcome=outcome):
            row.save(update_fields=["attempts", "outcome", "state", "ended_at", "operator", "due_at"])
    return row
