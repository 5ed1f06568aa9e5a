"""A duty ends without being met: it need not be done, or another one took its place."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from arasha.kernel.access.rules import Actor
from arasha.obligations import policy, rules
from arasha.obligations.actions.holding import (
    ObligationNotFound,
    Why,
    end,
    hold,
    next_state,
)
from arasha.obligations.actions.recording import recorded
from arasha.obligations.models import Obligation


class NoSuccessor(ValueError):
    """Only another duty of the same file that is owed or met can take a duty's place."""


def waive(*, actor: Actor, obligation: UUID, reason: str, now: datetime, words: str = "") -> Obligation:
    """Say that a duty need not be done.

    Raises:
        ObligationNotFound: it does not exist for this actor.
        NotAllowed: the actor does not supervise this duty, or sits in the unit that owes it.
        ReasonMissing, TooLong: the reason is not one for this, or asks for words.
        NotPossibleNow: it is not owed any more.
    """
    why = Why.checked(rules.Said.WAIVED, reason, words)
    with transaction.atomic():
        row = hold(actor, obligation, policy.may_supervise)
        row.state = next_state(row, rules.Event.WAIVE)
        with recorded(actor, row, why, now):
            end(row, now)
    return row


def take_back(*, actor: Actor, obligation: UUID, reason: str, now: datetime, words: str = "") -> Obligation:
    """Take back a duty that an agreement or a decision named: the plan changed, the decision was lifted.

    Who leads the file may, for others' duties and for its own while they are not late: lateness is a supervisor's to
    end. It stands as waived, with the reason.

    Raises:
        ObligationNotFound: it does not exist for this actor.
        NotAllowed: the actor does not lead the file, the duty comes from the law, or it is their own and late.
        ReasonMissing, TooLong: the reason is none of an agreement's, or the words are too long.
        NotPossibleNow: it is not owed any more.
    """
    if reason not in rules.OF_AGREEMENTS:
        raise rules.ReasonMissing(reason)
    why = Why(rules.Said.WAIVED, reason, words)
    with transaction.atomic():
        row = hold(actor, obligation, policy.may_take_back)
        row.state = next_state(row, rules.Event.WAIVE)
        with recorded(actor, row, why, now):
            end(row, now)
    return row


def supersede(*, actor: Actor, obligation: UUID, by: UUID, reason: str, now: datetime, words: str = "") -> Obligation:
    """Let another duty of the same file take a duty's place.

    Raises:
        ObligationNotFound: one of the two does not exist for this actor.
        NotAllowed: the actor does not supervise this duty, or sits in the unit that owes it.
        ReasonMissing, TooLong: the reason is not one for this, or asks for words.
        NoSuccessor: the other one is of another file, is the same, or has itself ended without being met.
        NotPossibleNow: it is not owed any more.
    """
    why = Why.checked(rules.Said.SUPERSEDED, reason, words)
    with transaction.atomic():
        row = hold(actor, obligation, policy.may_replace)
        successor = policy.visible_to(actor).filter(pk=by).first()
        if successor is None:
            raise ObligationNotFound
        lives = rules.State(successor.state) in rules.OWED | rules.FULFILLED
        if successor.dossier_id != row.dossier_id or successor.pk == row.pk or not lives:
            raise NoSuccessor
        put_in_place(actor, row, successor, why, now)
    return row


def put_in_place(actor: Actor, row: Obligation, successor: Obligation, why: Why, now: datetime) -> None:
    """Write that `successor` takes the place of a duty that is held."""
    row.state = next_state(row, rules.Event.SUPERSEDE)
    with recorded(actor, row, why, now, told={row.unit_id}, by=str(successor.pk)):
        end(row, now, replaced_by_id=successor.pk)
