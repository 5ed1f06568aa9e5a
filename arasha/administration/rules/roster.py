"""Who is on duty when: a week that repeats, and what differs from it. No database, no clock.

A line of the week runs from one time of day to another; an end that is not after the start lies on the next day.
Wall times are the country's. Several people at once are allowed; what nobody covers is a hole.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from arasha.kernel.worktime.rules import Calendar, Hours, local
from arasha.kernel.worktime.rules.zone import at

DAY: Final = timedelta(days=1)
# How far ahead the end of somebody's duty is looked for: beyond a week nobody plans by it.
HORIZON: Final = timedelta(days=7)
Period = tuple[datetime, datetime]


class Kind(StrEnum):
    """What a change does to the week in its time."""

    INSTEAD = "instead"
    BESIDES = "besides"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody's hours on one day of every week, from `since` on, until `until`."""

    weekday: int
    starts: time
    ends: time
    name: str
    phone: str
    deputy: bool
    since: datetime
    until: datetime | None = None
    key: str = ""

    def on(self, day: date) -> Period | None:
        """Return when this line runs that begins on a day, cut to its validity; None when it does not."""
        begins, ends = at(day, self.starts), at(day + DAY if self.ends <= self.starts else day, self.ends)
        begins = max(begins, self.since)
        ends = min(ends, self.until) if self.until else ends
        return (begins, ends) if begins < ends else None


@dataclass(frozen=True, slots=True)
class Change:
    """What differs from the week between two moments.

    `instead` takes the place of those of its kind (first persons, or deputies), `besides` joins them, `nobody`
    sends everybody home.
    """

    kind: Kind
    starts_at: datetime
    ends_at: datetime
    name: str = ""
    phone: str = ""
    deputy: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Somebody's duty without a break. `changed` says that it differs from the week."""

    begins: datetime
    ends: datetime
    name: str
    phone: str
    deputy: bool
    changed: bool = False
    key: str = ""


def stretches(lines: Iterable[Line], changes: Iterable[Change], begin: datetime, end: datetime) -> list[Stretch]:
    """Return who is on duty between two moments, in order of time, first persons before deputies."""
    changed = [change for change in changes if change.starts_at < end and change.ends_at > begin]
    found = [
        Stretch(change.starts_at, change.ends_at, change.name, change.phone, change.deputy, True, change.key)
        for change in changed
        if change.kind is not Kind.NOBODY
    ]
    by_weekday: dict[int, list[Line]] = {}
    for line in lines:
        by_weekday.setdefault(line.weekday, []).append(line)
    day, last = local(begin).date() - DAY, local(end).date()
    while day <= last:
        for line in by_weekday.get(day.weekday(), []):
            if (whole := line.on(day)) is not None:
                found += [
                    Stretch(*part, line.name, line.phone, line.deputy, key=line.key)
                    for part in without([whole], _replacing(changed, deputy=line.deputy))
                ]
        day += DAY
    cut = [_cut(stretch, begin, end) for stretch in found if stretch.begins < end and stretch.ends > begin]
    return sorted(cut, key=lambda one: (one.begins, one.deputy, one.ends, one.name))


def _replacing(changes: Iterable[Change], *, deputy: bool) -> list[Period]:
    return [
        (change.starts_at, change.ends_at)
        for change in changes
        if change.kind is Kind.NOBODY or (change.kind is Kind.INSTEAD and change.deputy == deputy)
    ]


def _cut(one: Stretch, begin: datetime, end: datetime) -> Stretch:
    begins, ends = max(one.begins, begin), min(one.ends, end)
    return Stretch(begins, ends, one.name, one.phone, one.deputy, one.changed, one.key)


def on_duty(lines: Sequence[Line], changes: Sequence[Change], moment: datetime) -> list[Stretch]:
    """Return who is on duty at a moment, each with the moment when nothing of theirs follows at once any more.

    First persons come before deputies. An end is looked for a week ahead.
    """
    ahead = stretches(lines, changes, moment, moment + HORIZON)
    found: dict[tuple[str, str, bool], Stretch] = {}
    for one in ahead:
        who = (one.name, one.phone, one.deputy)
        before = found.get(who)
        if before is None:
            if one.begins <= moment:
                found[who] = one
        elif before.begins <= moment and one.begins <= before.ends < one.ends:
            found[who] = _joined(before, one)
    return sorted(found.values(), key=lambda one: (one.deputy, one.name, one.phone))


def _joined(first: Stretch, second: Stretch) -> Stretch:
    return Stretch(first.begins, second.ends, first.name, first.phone, first.deputy, first.changed, first.key)


def needed(hours: Hours | None, calendar: Calendar, begin: datetime, end: datetime) -> list[Period]:
    """Return when somebody must be there: always round the clock, else in working hours; never without hours."""
    if hours is None:
        return []
    if hours.around_the_clock:
        return [(begin, end)]
    found, day = [], local(begin).date()
    while at(day, time(0)) < end:
        if hours.works(day, calendar):
            opens, closes = hours.window(day)
            if opens < end and closes > begin:
                found.append((max(opens, begin), min(closes, end)))
        day += DAY
    return found


def holes(wanted: Iterable[Period], covered: Iterable[Stretch]) -> list[Period]:
    """Return the times, among those when somebody must be there, when nobody is."""
    return without(list(wanted), [(one.begins, one.ends) for one in covered])


def without(whole: Sequence[Period], taken: Iterable[Period]) -> list[Period]:
    """Return what is left of some times when others are taken away."""
    left = list(whole)
    for begin, end in sorted(taken):
        rest: list[Period] = []
        for start, stop in left:
            if end <= start or begin >= stop:
                rest.append((start, stop))
                continue
            if start < begin:
                rest.append((start, begin))
            if end < stop:
                rest.append((end, stop))
        left = rest
    return left
