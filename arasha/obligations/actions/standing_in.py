"""A body that is closed in an emergency: its duties go to who stands in, by the clock, and come back when it opens.

No day is won or lost by it: the due moment and the ladder stay as they are. What somebody answered meanwhile is
answered, and what the substitute gave on to a third body stays there.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from arasha.kernel.access.actions import end_member
from arasha.kernel.access.models import Member
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.obligations import policy, queries, rules
from arasha.obligations.actions.declining import hand_on_words, successor_of
from arasha.obligations.actions.holding import Why, codes_of, end, next_state, note, tell, write
from arasha.obligations.actions.writing import oblige
from arasha.obligations.models import Obligation, Remark

CLOSED: Final = Why(rules.Said.SUPERSEDED, "body_closed")
OPEN_AGAIN: Final = Why(rules.Said.SUPERSEDED, "body_open_again")
RUNNING: Final = sorted(state.value for state in rules.RUNNING)


def stand_in(*, actor: Actor, unit: int, instead: Sequence[int], now: datetime) -> int:
    """Give the running duties of a closed unit to the first of `instead` that may know of the file; returns how many.

    Where none of them may, the duty stays where it is and its silence climbs: owed by a closed body is better than
    owed by nobody. Call it as often as the clock goes: duties raised meanwhile go over, too.

    Raises:
        NotAllowed: the actor is not the clock.
    """
    if not policy.may_tick(actor):
        raise policy.NotAllowed
    finder = queries.Finder(now)
    owed = Obligation.objects.filter(unit=unit, state__in=RUNNING).order_by("dossier_id", "id")
    return sum(_lend(actor, key, unit, instead, finder) for key in list(owed.values_list("pk", flat=True)))


def give_back(*, actor: Actor, closed: Collection[int], now: datetime) -> int:
    """Give back what others owe in the place of bodies that are not closed any more; returns how many duties.

    Raises:
        NotAllowed: the actor is not the clock.
    """
    if not policy.may_tick(actor):
        raise policy.NotAllowed
    last = Remark.objects.filter(obligation=OuterRef("pk")).order_by("-at", "-id").values("reason")[:1]
    lent = Obligation.objects.filter(state=rules.State.SUPERSEDED.value, replaced_by__state__in=RUNNING)
    lent = lent.exclude(unit__in=closed).annotate(last=Subquery(last)).filter(last=CLOSED.reason)
    finder = queries.Finder(now)
    keys = list(lent.order_by("dossier_id", "id").values_list("pk", flat=True))
    return sum(_return(actor, key, finder) for key in keys)


def _lend(actor: Actor, key: UUID, unit: int, instead: Sequence[int], finder: queries.Finder) -> bool:
    with transaction.atomic():
        row = _running(key)
        if row is None or row.unit_id != unit:
            return False
        for other in instead:
            found = finder.named(row.dossier_id, other)
            if found is not None and not _ended_there(row, other):
                _hand(actor, row, replace(found, found_by=rules.FoundBy.SUBSTITUTE), CLOSED, finder.at)
                return True
    return False


def _return(actor: Actor, key: UUID, finder: queries.Finder) -> bool:
    with transaction.atomic():
        first = Obligation.objects.select_for_update(of=("self",)).get(pk=key)
        row = _running(first.replaced_by_id) if first.replaced_by_id else None
        found = finder.named(first.dossier_id, first.unit_id) if first.unit_id else None
        if row is None or found is None:
            return False
        _hand(actor, row, replace(found, found_by=rules.FoundBy(first.found_by)), OPEN_AGAIN, finder.at)
    return True


def _running(key: UUID) -> Obligation | None:
    rows = Obligation.objects.select_for_update(skip_locked=True, of=("self",))
    return rows.filter(pk=key, state__in=RUNNING).first()


def _hand(actor: Actor, row: Obligation, found: queries.Found, why: Why, now: datetime) -> None:
    """End the duty and let the other unit owe it: by the row in which it owed it before, else by a new one."""
    there = successor_of(row, found, now, stretched=False)
    before = _had_before(row, there.unit_id)
    row.state = next_state(row, rules.Event.SUPERSEDE)
    codes = codes_of(row, reason=why.reason, to=there.unit_id, by=str((before or there).pk))
    with act(verb="pass_on_obligation", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
        note(actor, row, why, now=now)
        if before is None:
            there.save(force_insert=True)
            hand_on_words(actor, row, there, now)
        else:
            there = _owed_again(before, there)
        end(row, now, replaced_by_id=there.pk)
        oblige(row.dossier_id, [there.unit_id])
        tell(actor, row, {row.unit_id, *queries.supervising_units(row)} - {there.unit_id}, "duty_passed_on", now)
        tell(actor, there, {there.unit_id}, "new_duty", now)
        if why is OPEN_AGAIN:
            _leave(row)


def _leave(row: Obligation) -> None:
    """Let who stood in leave the file, unless it has or had something else to do there."""
    others = Obligation.objects.filter(dossier=row.dossier_id, unit=row.unit_id)
    if not others.exclude(state=rules.State.SUPERSEDED.value).exists():
        parts = Member.objects.filter(dossier=row.dossier_id, unit=row.unit_id, part="obliged", ended_at=None)
        for part in parts.values_list("pk", flat=True):
            end_member(member=part, reason=OPEN_AGAIN.reason)


def _had_before(row: Obligation, unit: int | None) -> Obligation | None:
    """Return the row in which the unit owed this before it stood in or closed; there can be one only."""
    same = _same(row, unit).filter(state=rules.State.SUPERSEDED.value)
    return same.select_for_update(of=("self",)).order_by("-ended_at").first()


def _ended_there(row: Obligation, unit: int) -> bool:
    """Say whether the unit owes the same, met or declined it: it does not get it once more."""
    return _same(row, unit).exclude(state=rules.State.SUPERSEDED.value).exists()


def _same(row: Obligation, unit: int | None) -> QuerySet[Obligation]:
    same = Obligation.objects.filter(dossier=row.dossier_id, protocol=row.protocol_id, step=row.step, unit=unit)
    return same.filter(about=row.about, from_moment=row.from_moment)


def _owed_again(before: Obligation, as_new: Obligation) -> Obligation:
    """Let the earlier row go on as the duty stands now: the same due moment, and the rungs not reached yet."""
    write(
        before,
        state=rules.State.OPEN.value,
        ended_at=None,
        replaced_by_id=None,
        due_now=as_new.due_now,
        extended_to=as_new.extended_to,
        derivation=as_new.derivation,
        ladder=as_new.ladder,
        rung=as_new.rung,
        next_check_at=as_new.next_check_at,
    )
    return before
