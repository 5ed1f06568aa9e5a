"""A duty that was met or waived by mistake had not ended after all."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.obligations import policy, queries, rules
from arasha.obligations.actions.ending import put_in_place
from arasha.obligations.actions.holding import (
    Why,
    check_from,
    codes_of,
    columns_of,
    hold,
    moments_of,
    next_state,
    note,
    tell,
    write,
)
from arasha.obligations.models import Answer, Obligation


def reopen(*, actor: Actor, obligation: UUID, reason: str, now: datetime, words: str = "") -> Obligation:
    """Take back that a duty was met or waived, which was a mistake: it is owed again, and its answer stays readable.

    The due moment stays where it was, so it may be overdue at once: a wrong answer was no answer. Rungs not reached
    yet move by the time for which it counted as ended. What its meeting asked for next, and is still owed, is
    replaced by it: the question is open again.

    Raises:
        ObligationNotFound: it does not exist for this actor.
        NotAllowed: the actor does not supervise this duty, or sits in the unit that owes it.
        ReasonMissing, TooLong: the reason is not one for this, or asks for words.
        NotPossibleNow: it was neither met nor waived.
    """
    why = Why.checked(rules.Said.REOPENED, reason, words)
    with transaction.atomic():
        row = hold(actor, obligation, policy.may_supervise)
        row.state = next_state(row, rules.Event.REOPEN if now <= row.due_now else rules.Event.REOPEN_LATE)
        _owe_again(actor, row, why, now)
        followed = Obligation.objects.filter(caused_by=row, state__in=[owed.value for owed in rules.OWED])
        for consequence in followed.order_by("id").select_for_update(of=("self",)):
            put_in_place(actor, consequence, row, Why(rules.Said.SUPERSEDED, "cause_reopened"), now)
    return row


def owe_apart(*, actor: Actor, dossier: UUID, raised_in: UUID, now: datetime) -> list[UUID]:
    """Owe again what a joined signal and its case no longer owed because the other owed the same: they part.

    What was answered for both was about one of two children: it is no answer to what is owed again. Due moments stay
    as they were. Whoever may raise may call it: it lets the own unit owe more, never less. Returns what is owed again.

    Raises:
        NotAllowed: the actor acts in no post.
    """
    joined, by_joined = Q(raised_in=raised_in), Q(replaced_by__raised_in=raised_in)
    with transaction.atomic():
        ended = policy.visible_to(actor).filter(dossier=dossier, state=rules.State.SUPERSEDED.value)
        ended = ended.filter(joined & ~by_joined | ~joined & by_joined)
        ended = ended.filter(remarks__kind=rules.Said.SUPERSEDED.value, remarks__reason="same_duty")
        ids = sorted(set(ended.values_list("pk", flat=True)))
        for key in ids:
            row = hold(actor, key, policy.may_owe_again)
            row.state = next_state(row, rules.Event.PART if now <= row.due_now else rules.Event.PART_LATE)
            _owe_again(actor, row, Why(rules.Said.REOPENED, "signal_left"), now)
    return ids


def _owe_again(actor: Actor, row: Obligation, why: Why, now: datetime) -> None:
    state, done = rules.State(row.state), queries.rungs_done(row)
    moments = moments_of(row).ended_between(row.met_at or row.ended_at or now, now, done)
    codes = codes_of(row, reason=why.reason)
    with act(verb="reopen_obligation", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
        write(
            row,
            state=state.value,
            met_at=None,
            met_by_unit_id=None,
            met_by_post_id=None,
            outcome="",
            ended_at=None,
            replaced_by_id=None,
            next_check_at=check_from(row, state, moments),
            **columns_of(moments),
        )
        Answer.objects.filter(obligation=row, withdrawn_at=None).update(withdrawn_at=now)
        note(actor, row, why, now=now)
        tell(actor, row, {row.unit_id, *queries.supervising_units(row)}, "duty_reopened", now)
