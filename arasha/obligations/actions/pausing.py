"""Time that stands still: with a reason, until a moment at the latest, so that no duty is forgotten in silence."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.queries import calendar
from arasha.kernel.worktime.rules import Pause
from arasha.obligations import policy, queries, rules
from arasha.obligations.actions.holding import (
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

BATCH = 100


class NoEnd(ValueError):
    """A suspension ends at a moment in the future."""


def suspend(
    *, actor: Actor, obligation: UUID, until: datetime, reason: str, now: datetime, words: str = ""
) -> Obligation:
    """Let a duty's time stand still, until the moment at the latest; nothing falls due and nothing climbs meanwhile.

    Raises:
        ObligationNotFound: it does not exist for this actor.
        NotAllowed: the actor does not supervise this duty, or sits in the unit that owes it.
        ReasonMissing, TooLong: the reason is not one for this, or asks for words.
        NoEnd: the moment is not in the future.
        NotPossibleNow: it is not running.
    """
    why = Why.checked(rules.Said.SUSPENDED, reason, words)
    if until <= now:
        raise NoEnd
    with transaction.atomic():
        row = hold(actor, obligation, policy.may_supervise)
        row.state = state = next_state(row, rules.Event.SUSPEND)
        with recorded(actor, row, why, now, until=until):
            write(row, state=state.value, next_check_at=None, suspended_at=now, suspended_until=until)
    return row


def resume(*, actor: Actor, obligation: UUID, reason: str, now: datetime, words: str = "") -> Obligation:
    """Let a duty's time run again; the time that it stood still is not counted.

    Raises:
        ObligationNotFound: it does not exist for this actor.
        NotAllowed: the actor does not supervise this duty, or sits in the unit that owes it.
        ReasonMissing, TooLong: the reason is not one for this, or asks for words.
        NotPossibleNow: it is not suspended.
    """
    why = Why.checked(rules.Said.RESUMED, reason, words)
    with transaction.atomic():
        row = hold(actor, obligation, policy.may_supervise)
        next_state(row, rules.Event.RESUME)
        _run_again(actor, row, why, since_when=now, now=now)
    return row


def resume_due(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """Let the time run again of duties whose suspension is over; returns how many. Run it until it returns 0.

    It ran again from the moment that was set, not from when this ran.

    Raises:
        NotAllowed: the actor is not the clock.
    """
    if not policy.may_tick(actor):
        raise policy.NotAllowed
    with transaction.atomic():
        rows = queries.claim_resumable(now, limit)
        for row in rows:
            why = Why(rules.Said.RESUMED, "time_is_over")
            _run_again(actor, row, why, since_when=row.suspended_until or now, now=now)
    return len(rows)


def _run_again(actor: Actor, row: Obligation, why: Why, *, since_when: datetime, now: datetime) -> None:
    moments = moments_of(row)
    if row.suspended_at and row.suspended_at < since_when:
        moments = moments.resumed(Pause(row.suspended_at, since_when), queries.rungs_done(row), calendar())
    state = next_state(row, rules.Event.RESUME if now <= moments.due_now else rules.Event.RESUME_LATE)
    row.state, row.due_now = state.value, moments.due_now
    with recorded(actor, row, why, now, suspended_at=row.suspended_at):
        write(
            row,
            state=state.value,
            suspended_at=None,
            suspended_until=None,
            next_check_at=check_from(row, state, moments),
            **columns_of(moments),
        )
