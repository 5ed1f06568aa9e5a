"""More time: asked by who owes, answered by who supervises. An extension stops "overdue" and stays visible."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from arasha.kernel.access.rules import Actor
from arasha.obligations import policy, queries, rules
from arasha.obligations.actions.holding import (
    NotPossibleNow,
    Why,
    check_from,
    columns_of,
    hold,
    moments_of,
    next_state,
    write,
)
from arasha.obligations.actions.recording import recorded
from arasha.obligations.models import Obligation


class NoLaterMoment(ValueError):
    """More time ends after the due moment that counts now, and in the future."""


def ask_for_time(
    *, actor: Actor, obligation: UUID, until: datetime, reason: str, now: datetime, words: str = ""
) -> Obligation:
    """Ask for more time, also after it ran out. Until somebody answers, nothing changes: silence goes on climbing.

    Asking again before the answer replaces the request.

    Raises:
        ObligationNotFound: it does not exist for this actor.
        NotOwedByYou: the actor acts for another unit.
        ReasonMissing, TooLong: the reason is not one for this, or asks for words.
        NoLaterMoment: the moment asked for is not later than what counts, or past.
        NotPossibleNow: it is not running.
    """
    why = Why.checked(rules.Said.ASKED, reason, words)
    with transaction.atomic():
        row = hold(actor, obligation, policy.may_meet, policy.NotOwedByYou)
        if rules.State(row.state) not in rules.RUNNING:
            raise NotPossibleNow(row)
        _check_later(row, until, now)
        with recorded(actor, row, why, now, until=until, told=queries.supervising_units(row)):
            write(row, asked_until=until)
    return row


def grant_time(*, actor: Actor, obligation: UUID, until: datetime, now: datetime, words: str = "") -> Obligation:
    """Give more time, up to a moment that may be another than was asked for; nobody needs to have asked.

    What was overdue is open again; that it was, and who was told, stays. Rungs that were not reached yet move as far
    as the due moment.

    Raises:
        ObligationNotFound: it does not exist for this actor.
        NotAllowed: the actor does not supervise this duty, or sits in the unit that owes it.
        TooLong: the words are longer than is kept.
        NoLaterMoment: the moment is not later than what counts, or past.
        NotPossibleNow: it is not running.
    """
    why = Why(rules.Said.GRANTED, words=words)
    with transaction.atomic():
        row = hold(actor, obligation, policy.may_supervise)
        state = next_state(row, rules.Event.EXTEND)
        _check_later(row, until, now)
        moments = moments_of(row).extended(until, queries.rungs_done(row))
        row.state, row.due_now = state.value, until
        with recorded(actor, row, why, now, until=until):
            looked_at = check_from(row, state, moments)
            write(row, state=state.value, asked_until=None, next_check_at=looked_at, **columns_of(moments))
    return row


def refuse_time(*, actor: Actor, obligation: UUID, reason: str, now: datetime, words: str = "") -> Obligation:
    """Say no to a request for more time.

    Raises:
        ObligationNotFound: it does not exist for this actor.
        NotAllowed: the actor does not supervise this duty, or sits in the unit that owes it.
        ReasonMissing, TooLong: the reason is not one for this, or asks for words.
        NotPossibleNow: no request waits for an answer.
    """
    why = Why.checked(rules.Said.REFUSED, reason, words)
    with transaction.atomic():
        row = hold(actor, obligation, policy.may_supervise)
        if row.asked_until is None:
            raise NotPossibleNow(row)
        with recorded(actor, row, why, now, until=row.asked_until, told={row.unit_id}):
            write(row, asked_until=None)
    return row


def _check_later(obligation: Obligation, until: datetime, now: datetime) -> None:
    if until <= max(obligation.due_now, now):
        raise NoLaterMoment
