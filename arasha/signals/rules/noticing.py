"""What rules count of one child: changes of school, time away, injuries, a pregnancy. Never anything of a family.

A rule says that a person should look, and nothing else. There is no weight, no sum over rules and no order of children.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from arasha.people.rules import Birth
from arasha.signals.rules.noticing_rules import Rule

SATURDAY = 5


@dataclass(frozen=True)
class Stay:
    """A time at one school; `school` is one key for one school. Whatever day is not known is None."""

    school: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Away:
    """A time away from school; None as `until`: still away. `explained`: somebody knows a valid reason."""

    since: date | None
    until: date | None = None
    explained: bool = False


@dataclass(frozen=True)
class Hurt:
    """A report that tells of injuries, by its key, and the day on which it was told."""

    key: str
    on: date


@dataclass(frozen=True)
class Expecting:
    """A pregnancy or a birth, by its key: between which days it lies, the first None where nobody knows."""

    key: str
    first: date | None
    last: date


@dataclass(frozen=True)
class Facts:
    """Everything that rules may count of one child."""

    birth: Birth | None = None
    stays: Sequence[Stay] = ()
    aways: Sequence[Away] = ()
    hurts: Sequence[Hurt] = ()
    expecting: Sequence[Expecting] = ()


@dataclass(frozen=True)
class Finding:
    """What a rule found: how many, between which days, and a key for each fact, the same for the same fact each day."""

    count: int
    keys: frozenset[str]
    first: date
    last: date


def found(rule: Rule, facts: Facts, today: date) -> Finding | None:
    """Return what a rule finds of one child today, or None. A rule that is off or not valid today finds nothing.

    An age that is not known never keeps a rule from looking: the child may be as young as the rule asks for.
    """
    if not rule.holds_on(today):
        return None
    if rule.counted != "pregnancy" and not _may_be_within(facts.birth, rule.age_to, today):
        return None
    finding = COUNTED[rule.counted](rule, facts, today)
    return finding if finding is not None and finding.count >= rule.threshold else None


def months_before(day: date, months: int) -> date:
    """Return the same day so many months earlier, or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def window_of(rule: Rule, today: date) -> date:
    """Return the first day that a rule looks at; without a number of months, the first of all days."""
    return months_before(today, rule.months) if rule.months else date.min


def _may_be_within(birth: Birth | None, age_to: int, day: date) -> bool:
    return birth is None or birth.ages_on(day)[0] <= age_to


def _changes(rule: Rule, facts: Facts, today: date) -> Finding | None:
    """Count arrivals at another school. The first school of all is none, nor is a school that two files name.

    A stay whose beginning nobody knows is where the child was before; it is no change by itself.
    """
    before = {stay.school for stay in facts.stays if stay.since is None}
    dated = [(stay.since, stay.school) for stay in facts.stays if stay.since is not None and stay.since <= today]
    times: dict[str, int] = {}
    changes: list[tuple[date, str]] = []
    here, came = "", date.min
    for since, school in sorted(dated):
        # Two schools of one day are two lists that differ, or a second school in the afternoon: one arrival.
        if school == here or since == came:
            continue
        elsewhere = here or next((other for other in sorted(before) if other != school), "")
        here, came = school, since
        times[school] = times.get(school, 0) + 1
        if elsewhere:
            changes.append((since, f"school:{school}:{times[school]}"))
    start = window_of(rule, today)
    return _finding([(day, key) for day, key in changes if day >= start])


def _in_a_row(rule: Rule, facts: Facts, today: date) -> Finding | None:
    """Count the days of the longest time away without a valid reason that reaches into the window."""
    start = window_of(rule, today)
    long = [
        (first, last)
        for first, last in _stretches(facts.aways, today)
        if last >= start and _days(first, last) >= rule.threshold
    ]
    if not long:
        return None
    most = max(_days(first, last) for first, last in long)
    keys = frozenset(f"away:{first.isoformat()}" for first, _last in long)
    return Finding(most, keys, long[0][0], long[-1][1])


def _in_all(rule: Rule, facts: Facts, today: date) -> Finding | None:
    """Count all days away without a valid reason in the window; its facts are the months in which they lie."""
    start = window_of(rule, today)
    within = [(max(first, start), last) for first, last in _stretches(facts.aways, today) if last >= start]
    days = [first + timedelta(days=n) for first, last in within for n in range(_days(first, last))]
    if not days:
        return None
    keys = frozenset(f"away:{day.year}-{day.month:02}" for day in days)
    return Finding(len(days), keys, days[0], days[-1])


def _stretches(aways: Iterable[Away], today: date) -> list[tuple[date, date]]:
    """Return the times away without a valid reason, joined where they overlap or only a weekend lies between.

    Of a time whose beginning nobody knows only its last day is sure.
    """
    spans = []
    for away in aways:
        first, last = away.since or away.until, min(away.until or today, today)
        if first is not None and not away.explained and first <= last:
            spans.append((first, last))
    joined: list[tuple[date, date]] = []
    for first, last in sorted(spans):
        if joined and _next_school_day(joined[-1][1]) >= first:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _next_school_day(day: date) -> date:
    day += timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day


def _days(first: date, last: date) -> int:
    return (last - first).days + 1


def _injuries(rule: Rule, facts: Facts, today: date) -> Finding | None:
    """Count times at which injuries were told of; reports within `apart` days of each other may tell of the same."""
    times: list[list[Hurt]] = []
    for hurt in sorted((hurt for hurt in facts.hurts if hurt.on <= today), key=lambda hurt: (hurt.on, hurt.key)):
        if times and (hurt.on - times[-1][-1].on).days <= rule.apart:
            times[-1].append(hurt)
        else:
            times.append([hurt])
    start = window_of(rule, today)
    return _finding([(group[-1].on, f"hurt:{group[0].key}") for group in times if group[-1].on >= start])


def _pregnancies(rule: Rule, facts: Facts, today: date) -> Finding | None:
    """Count pregnancies and births at an age that may have been within the limit."""
    start = window_of(rule, today)
    rows = [
        (one.last, f"sealed:{one.key}")
        for one in facts.expecting
        if one.last >= start and _may_have_been(facts.birth, rule.age_to, one)
    ]
    return _finding(rows)


def _may_have_been(birth: Birth | None, age_to: int, one: Expecting) -> bool:
    """Say whether somebody may have been within an age then; where no first day is known, any child may have."""
    if one.first is None:
        return birth is None or birth.may_be_child_on(one.last)
    return _may_be_within(birth, age_to, one.first)


def _finding(rows: Sequence[tuple[date, str]]) -> Finding | None:
    if not rows:
        return None
    days = [day for day, _key in rows]
    return Finding(len(rows), frozenset(key for _day, key in rows), min(days), max(days))


COUNTED: dict[str, Callable[[Rule, Facts, date], Finding | None]] = {
    "school_changes": _changes,
    "absence_in_a_row": _in_a_row,
    "absence_in_all": _in_all,
    "injuries": _injuries,
    "pregnancy": _pregnancies,
}
