"""Arranging a roster: hours of the week, what differs from them, a whole table at once."""

import uuid
from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Q

from arasha.administration.models import RosterChange, RosterLine
from arasha.administration.policy import require_arranging
from arasha.administration.rules.roster import Kind
from arasha.administration.rules.roster_table import Entry
from arasha.kernel.access.models import Unit
from arasha.kernel.access.rules import Actor, NotThere
from arasha.kernel.journal import actions as journal
from arasha.kernel.journal.rules import body_stream
from arasha.kernel.worktime.rules.zone import at
from arasha.ui.rules import phones

DAY: Final = timedelta(days=1)
Key = tuple[int, time, time, str, str, bool]


class RosterInvalid(ValueError):
    """Hours without a day or before now, a change that ends before it begins, or a person without a name."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a table did to a roster: lines and changes that are new, lines that stay, lines that end."""

    new: int
    stay: int
    end: int


def add_hours(
    *,
    actor: Actor,
    now: datetime,
    unit_id: int,
    weekdays: Collection[int],
    starts: time,
    ends: time,
    name: str,
    phone: str,
    since: datetime,
    deputy: bool = False,
) -> list[uuid.UUID]:
    """Put somebody on duty on some weekdays from a moment on; an end that is not after the start is the next day's.

    Raises RosterInvalid, phones.NotAPhone, NotThere for a unit whose roster the actor doesn't arrange.
    """
    require_arranging(unit_id)
    if not weekdays or not set(weekdays) <= set(range(7)) or not name.strip():
        raise RosterInvalid
    _not_of_the_past(since, now)
    kept = phones.normal(phone)
    lines = [
        RosterLine(unit_id=unit_id, weekday=day, starts=starts, ends=ends, name=name.strip(), phone=kept)
        for day in sorted(set(weekdays))
    ]
    for line in lines:
        line.since, line.deputy = since, deputy
    with transaction.atomic(), _act("add_roster_hours", unit_id, now, lines=[line.id for line in lines]):
        RosterLine.objects.bulk_create(lines)
    return [line.id for line in lines]


def end_hours(*, actor: Actor, now: datetime, unit_id: int, lines: Collection[uuid.UUID]) -> None:
    """End somebody's hours from now on; hours that have not begun never do. Ended before: nothing happens.

    Raises NotThere when one of them is not of this unit.
    """
    require_arranging(unit_id)
    found = list(RosterLine.objects.filter(pk__in=lines, unit=unit_id))
    if not found or len(found) != len(set(lines)):
        raise NotThere
    running = [line for line in found if line.until is None or line.until > now]
    if not running:
        return
    with transaction.atomic(), _act("end_roster_hours", unit_id, now, lines=[line.id for line in running]):
        for line in running:
            RosterLine.objects.filter(pk=line.pk).update(until=max(now, line.since))


def add_change(
    *,
    actor: Actor,
    now: datetime,
    unit_id: int,
    kind: str,
    starts_at: datetime,
    ends_at: datetime,
    name: str = "",
    phone: str = "",
    deputy: bool = False,
) -> uuid.UUID:
    """Let one time differ from the week: somebody instead, somebody besides, or nobody.

    Raises RosterInvalid, phones.NotAPhone, NotThere.
    """
    require_arranging(unit_id)
    nobody = kind == Kind.NOBODY
    if kind not in {known.value for known in Kind} or ends_at <= starts_at or (not nobody and not name.strip()):
        raise RosterInvalid
    _not_of_the_past(ends_at, now)
    change = RosterChange(unit_id=unit_id, kind=kind, starts_at=starts_at, ends_at=ends_at)
    if not nobody:
        change.name, change.phone, change.deputy = name.strip(), phones.normal(phone), deputy
    change.starts_at = max(starts_at, now)
    with transaction.atomic(), _act("change_roster", unit_id, now, change=change.id, kind=kind):
        RosterChange.objects.bulk_create([change])
    return change.id


def withdraw_change(*, actor: Actor, now: datetime, unit_id: int, change: uuid.UUID) -> None:
    """Withdraw a change: the week holds again. Withdrawn before: nothing happens. Raises NotThere."""
    require_arranging(unit_id)
    found = RosterChange.objects.filter(pk=change, unit=unit_id).first()
    if found is None:
        raise NotThere
    if found.withdrawn_at is None:
        with transaction.atomic(), _act("withdraw_roster_change", unit_id, now, change=change):
            RosterChange.objects.filter(pk=change).update(withdrawn_at=now)


def take_over_table(
    *, actor: Actor, now: datetime, unit_id: int, entries: Sequence[Entry], since: datetime, dry_run: bool = False
) -> Taken:
    """Let a table be the unit's week from a moment on, its dated rows changes `instead`; the same table twice is once.

    Hours that the table lacks end at that moment; all in one act, or nothing. Raises NotThere.
    """
    require_arranging(unit_id)
    _not_of_the_past(since, now)
    with transaction.atomic():
        _one_at_a_time(unit_id)
        present = RosterLine.objects.filter(Q(until=None) | Q(until__gt=since), unit=unit_id)
        wanted = {key for entry in entries for key in _keys(entry)}
        stay = {_key(line): line for line in present if _key(line) in wanted and line.until is None}
        ending = [line for line in present if stay.get(_key(line)) is not line]
        new = [_line(unit_id, key, since) for key in sorted(wanted - set(stay))]
        changes = _new_changes(unit_id, entries)
        taken = Taken(len(new) + len(changes), len(stay), len(ending))
        if dry_run or not (taken.new or taken.end):
            return taken
        with _act("take_over_roster", unit_id, now, new=taken.new, stay=taken.stay, ended=taken.end):
            RosterLine.objects.bulk_create(new)
            RosterChange.objects.bulk_create(changes)
            for line in ending:
                RosterLine.objects.filter(pk=line.pk).update(until=max(since, line.since))
    return taken


def _not_of_the_past(moment: datetime, now: datetime) -> None:
    """Raise RosterInvalid for a moment that is over: who was on duty is not written afterwards."""
    if moment < now:
        raise RosterInvalid


def _keys(entry: Entry) -> list[Key]:
    return [(day, entry.starts, entry.ends, entry.name, entry.phone, entry.deputy) for day in entry.weekdays]


def _key(line: RosterLine) -> Key:
    return (line.weekday, line.starts, line.ends, line.name, line.phone, line.deputy)


def _line(unit_id: int, key: Key, since: datetime) -> RosterLine:
    weekday, starts, ends, name, phone, deputy = key
    return RosterLine(
        unit_id=unit_id,
        weekday=weekday,
        starts=starts,
        ends=ends,
        name=name,
        phone=phone,
        deputy=deputy,
        since=since,
    )


def _new_changes(unit_id: int, entries: Sequence[Entry]) -> list[RosterChange]:
    known = {
        (one.starts_at, one.ends_at, one.name, one.phone, one.deputy)
        for one in RosterChange.objects.filter(unit=unit_id, kind=Kind.INSTEAD, withdrawn_at__isnull=True)
    }
    found: list[RosterChange] = []
    for entry in entries:
        if entry.day is None:
            continue
        ends_at = at(entry.day + DAY if entry.ends <= entry.starts else entry.day, entry.ends)
        values = (at(entry.day, entry.starts), ends_at, entry.name, entry.phone, entry.deputy)
        if values not in known:
            known.add(values)
            change = RosterChange(unit_id=unit_id, kind=Kind.INSTEAD.value)
            change.starts_at, change.ends_at, change.name, change.phone, change.deputy = values
            found.append(change)
    return found


def _one_at_a_time(unit_id: int) -> None:
    """Let a second person who takes over a table of the same unit wait for the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('administration.roster ' || %s, 0))", [unit_id])


def _act(verb: str, unit_id: int, now: datetime, **codes: object) -> AbstractContextManager[object]:
    body = Unit.objects.values_list("body_id", flat=True).get(pk=unit_id)
    return journal.act(verb=verb, stream=body_stream(body), now=now, codes={"unit": unit_id, **codes})
