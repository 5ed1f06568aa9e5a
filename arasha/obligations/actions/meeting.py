"""The obliged unit says what was done."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from arasha.kernel.access.rules import Actor, Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.vault.actions import seal_text
from arasha.obligations import policy, queries, rules
from arasha.obligations.models import Answer, Obligation

MEETING = [
    *("state", "met_at", "met_by_unit", "met_by_post", "next_check_at"),
    *("asked_until", "suspended_at", "suspended_until"),
]


class ObligationNotFound(LookupError):
    """There is no such obligation for this actor."""


class AnswerMissing(ValueError):
    """An obligation is met by saying what was done; the answer is empty."""


class AlreadyMet(Exception):
    """Somebody of the unit met it before; `obligation` says who and when."""

    def __init__(self, obligation: Obligation) -> None:
        super().__init__(str(obligation.id))
        self.obligation = obligation


def meet(*, actor: Actor, obligation: UUID, answer: str, now: datetime) -> Obligation:
    """Record that the obligation is met, with the answer sealed; after the due moment it stands as met late.

    Raises:
        ObligationNotFound: it does not exist for this actor.
        NotOwedByYou: the actor acts for another unit.
        AnswerMissing: the answer says nothing.
        AlreadyMet: it was met before; nothing was changed.
    """
    with transaction.atomic():
        seen = policy.visible_to(actor).filter(pk=obligation).first()
        if seen is None:
            raise ObligationNotFound
        if not policy.may_meet(actor, seen):
            raise policy.NotOwedByYou
        if not answer.strip():
            raise AnswerMissing
        locked = Obligation.objects.select_for_update(of=("self",)).get(pk=obligation)
        state = rules.State(locked.state)
        if state not in rules.OWED:
            raise AlreadyMet(locked)
        return _record(actor, locked, rules.after(state, rules.meeting(locked.due_now, now)), answer.strip(), now)


def _record(actor: Actor, obligation: Obligation, state: rules.State, answer: str, now: datetime) -> Obligation:
    row = uuid4()
    codes = {
        "facet": Facet.OBLIGATIONS,
        "obligation": str(obligation.id),
        "unit": obligation.unit_id,
        "state": state.value,
        "due_at": obligation.due_now.isoformat(),
    }
    with act(verb="meet_obligation", stream=dossier_stream(obligation.dossier_id), now=now, codes=codes):
        obligation.state = state.value
        obligation.met_at = now
        obligation.met_by_unit_id = actor.unit_id
        obligation.met_by_post_id = actor.post_id
        obligation.next_check_at = obligation.asked_until = None
        obligation.suspended_at = obligation.suspended_until = None
        obligation.save(update_fields=MEETING)
        Answer.objects.create(
            id=row,
            obligation=obligation,
            dossier_id=obligation.dossier_id,
            text=seal_text(answer, row=row, **queries.answer_place(obligation.dossier_id)),
            given_at=now,
            unit_id=actor.unit_id,
            post_id=actor.post_id,
        )
        told = queries.told_units(obligation.id)
        if told:
            notify(
                actor=actor,
                units=told,
                dossier=obligation.dossier_id,
                code="duty_met",
                link=queries.link(obligation.id),
                now=now,
            )
    return obligation
