"""A unit says that it can't: the duty goes straight on to whoever takes its place, or to whoever must find another."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from arasha.kernel.access.actions import end_member
from arasha.kernel.access.models import Member
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.worktime.queries import calendar
from arasha.obligations import policy, queries, rules
from arasha.obligations.actions.holding import (
    Why,
    codes_of,
    end,
    hold,
    moments_of,
    next_state,
    note,
    require_here,
    tell,
)
from arasha.obligations.actions.writing import hours_of, new_number, oblige, put_notice
from arasha.obligations.models import Obligation
from arasha.protocols.queries import version

VERBS = {rules.Said.DECLINED: "decline_obligation", rules.Said.SUPERSEDED: "pass_on_obligation"}


class AlreadyTheirs(ValueError):
    """The unit owes this, or had it and declined."""


class UnitNotThere(LookupError):
    """There is no such unit on this day, or nobody in it may know of the file."""


def decline(*, actor: Actor, obligation: UUID, reason: str, now: datetime, words: str = "") -> Obligation:
    """Decline a duty, also in its last minute; returns the duty that somebody else has now.

    The next of the procedure's substitutes owes it, else the unit that leads the file, else nobody, and then silence
    climbs from now on. It owes it with what is left of the limit, or with the least time that the procedure gives to
    who takes over. The ladder keeps its moments: for the child it is the same silence. The body that declined stays
    visible to those on the file.

    Raises:
        ObligationNotFound: it does not exist for this actor.
        NotOwedByYou, AnsweredElsewhere: the actor acts for another unit; it is answered on a page of its own.
        ReasonMissing, TooLong: the reason is not one for this, or asks for words.
        NotPossibleNow: it is not owed any more.
    """
    why = Why.checked(rules.Said.DECLINED, reason, words)
    with transaction.atomic():
        row = hold(actor, obligation, policy.may_meet, policy.NotOwedByYou)
        row.state = next_state(row, rules.Event.DECLINE)
        protocol = version(row.protocol_id)
        require_here(row, protocol.code)
        finder = queries.Finder(now)
        found = finder.substitute(row, protocol.substitutes, passing=queries.passed_over(row))
        return _pass_on(actor, row, found, why, now)


def pass_on(*, actor: Actor, obligation: UUID, unit: int, reason: str, now: datetime, words: str = "") -> Obligation:
    """Let another unit owe a duty: who supervises it has found a body that was missing, or a better one.

    Raises:
        ObligationNotFound: it does not exist for this actor.
        NotAllowed: the actor does not supervise this duty, or sits in the unit that owes it.
        ReasonMissing, TooLong: the reason is not one for this, or asks for words.
        AlreadyTheirs: the unit owes it, or declined it.
        UnitNotThere: there is no such unit on this day, or nobody in it may know of the file.
        NotPossibleNow: it is not owed any more.
    """
    why = Why.checked(rules.Said.SUPERSEDED, reason, words)
    with transaction.atomic():
        row = hold(actor, obligation, policy.may_supervise)
        row.state = next_state(row, rules.Event.SUPERSEDE)
        if unit in queries.passed_over(row):
            raise AlreadyTheirs
        found = queries.Finder(now).named(row.dossier_id, unit)
        if found is None:
            raise UnitNotThere
        return _pass_on(actor, row, found, why, now)


def _pass_on(actor: Actor, row: Obligation, found: queries.Found, why: Why, now: datetime) -> Obligation:
    """End the duty and write its successor, in one act."""
    successor = successor_of(row, found, now)
    codes = codes_of(row, reason=why.reason, to=successor.unit_id, by=str(successor.id))
    told = {row.unit_id, *queries.supervising_units(row)}
    with act(verb=VERBS[why.kind], stream=dossier_stream(row.dossier_id), now=now, codes=codes):
        successor.save(force_insert=True)
        note(actor, row, why, now=now)
        end(row, now, replaced_by_id=successor.pk)
        hand_on_words(actor, row, successor, now)
        oblige(row.dossier_id, [successor.unit_id])
        tell(actor, row, told - {successor.unit_id}, "duty_passed_on", now)
        tell(actor, successor, {successor.unit_id}, "new_duty", now)
        if why.kind is rules.Said.DECLINED:
            _leave(actor, row)
    return successor


def hand_on_words(actor: Actor, row: Obligation, successor: Obligation, now: datetime) -> None:
    """Let who takes a duty over read the words in which it was agreed, which its own unit alone may read."""
    for words in queries.asked_words(row):
        note(actor, successor, Why(rules.Said.TASK, words=words), now=now)


def successor_of(row: Obligation, found: queries.Found, now: datetime, *, stretched: bool = True) -> Obligation:
    """Return the duty of who takes over: the same step for the same cause, the limit and the ladder as they go on.

    `stretched`: with the least time that the procedure gives to who takes over, where less is left.
    """
    hours, days, moments = hours_of(found.unit), calendar(), moments_of(row)
    least = version(row.protocol_id).takeover if found.unit and stretched else None
    derivation = rules.taken_over(moments.derivation, row.due_now, at=now, least=least, hours=hours, calendar=days)
    fresh = derivation is not moments.derivation
    ladder = rules.left(moments.ladder, queries.rungs_done(row))
    if found.unit is None and ladder and ladder[0].at > now:  # nobody is left to wait for
        ladder = rules.later(ladder, (), now - ladder[0].at)
    due = derivation.due if fresh else row.due_now
    successor = Obligation(
        id=uuid4(),
        dossier_id=row.dossier_id,
        raised_in=row.raised_in,
        protocol_id=row.protocol_id,
        step=row.step,
        about=row.about,
        unit=found.unit,
        function=row.function,
        role=row.role,
        territory=row.territory,
        found_by=found.found_by.value,
        from_moment=row.from_moment,
        due_at=due if fresh else row.due_at,
        due_now=due,
        extended_to=None if fresh else row.extended_to,
        derivation=derivation.to_json(),
        ladder=[planned.to_json() for planned in ladder],
        rung=row.rung,
        state=rules.State.OPEN.value,
        next_check_at=rules.next_check(ladder, (), due),
        raised_at=now,
        caused_by_id=row.caused_by_id,
    )
    if row.number:
        put_notice(successor, new_number(), held=found.held, now=now)
    return successor


def _leave(actor: Actor, row: Obligation) -> None:
    """Let the unit that declined leave the file, unless it has or had something else to do there."""
    others = Obligation.objects.filter(dossier=row.dossier_id, unit=actor.unit_id)
    if not others.exclude(state=rules.State.DECLINED.value).exists():
        parts = Member.objects.filter(dossier=row.dossier_id, unit=actor.unit_id, part="obliged", ended_at=None)
        for part in parts.values_list("pk", flat=True):
            end_member(member=part, reason="declined")
