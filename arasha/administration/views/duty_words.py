"""Who is on duty, as words and shapes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from arasha.administration.queries import OnDuty, Roster, RosterState
from arasha.administration.rules import roster
from arasha.administration.rules.roster import Kind, Period
from arasha.administration.rules.roster_table import COLUMNS, Fault
from arasha.kernel.access.models import Unit
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date, format_moment, format_time, format_weekday
from arasha.kernel.worktime.rules.zone import at
from arasha.ui.rules import phones
from arasha.ui.rules.parts import State
from arasha.ui.rules.sheet_words import place

DAY = timedelta(days=1)
WEEK = 7
MINUTES = 24 * 60


@dataclass(frozen=True, slots=True)
class Bar:
    """One stretch on a day's strip, in minutes from midnight; `kind`: first, deputy or hole; `row` from above."""

    kind: str
    begins: int
    length: int
    row: int


@dataclass(frozen=True, slots=True)
class DayOfDuty:
    """One day of the week view."""

    label: str
    today: bool
    bars: Sequence[Bar]
    people: Sequence[dict[str, Any]]
    holes: Sequence[State]
    height: int


def language() -> str:
    """Return the reader's language."""
    return (get_language() or "kk")[:2]


def capital(words: str) -> str:
    """Return words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def period(one: Period, now: datetime | None = None) -> str:
    """Write a time from one moment to another: `Saturday 21 March, 20:00 – 08:00`."""
    begin, end = one
    first = format_moment(begin, language(), now or begin)
    if (local(end) - local(begin) <= DAY and local(end).time() <= local(begin).time()) or _same_day(begin, end):
        return f"{first} – {_end_clock(end)}"
    return f"{first} – {format_moment(end, language(), now or begin)}"


def _same_day(begin: datetime, end: datetime) -> bool:
    return local(begin).date() == local(end).date()


def _end_clock(end: datetime) -> str:
    return "24:00" if local(end).time() == time(0) else format_time(end)


def nobody(one: Period) -> State:
    """Say that in a time nobody is on duty."""
    return State("late", _("%(when)s: nobody") % {"when": capital(period(one))})


def title(ringing: Sequence[OnDuty], found: RosterState, now: datetime) -> str:
    """Say how it stands now in one sentence."""
    if not found.has_roster:
        return _("This unit has no roster")
    if not ringing:
        return _("Nobody is on duty now")
    return _("On duty now: %(name)s") % {"name": ringing[0].name}


def until(one: OnDuty, now: datetime) -> str:
    """Say until when somebody is on duty; beyond a week nobody looked."""
    if one.until - now >= WEEK * DAY:
        return _("all of the week ahead")
    return _("until: %(moment)s") % {"moment": format_moment(one.until, language(), now)}


def door(unit: Unit) -> dict[str, str] | None:
    """Return the number at which the unit's door is reached, for when nobody is on duty."""
    return {"call": phones.dialled(unit.phone), "phone": phones.shown(unit.phone)} if unit.phone else None


def row(found: RosterState, now: datetime) -> dict[str, Any]:
    """Return a unit with who is on duty there now, as a line of the list."""
    state = None
    if found.missing:
        state = State("late", _("works round the clock and has no roster"))
    elif found.has_roster and not found.now:
        state = State("late", _("nobody is on duty now"))
    elif found.holes:
        state = State(
            "soon",
            ngettext("%(n)s hole in the week ahead", "%(n)s holes in the week ahead", len(found.holes))
            % {"n": len(found.holes)},
        )
    return {
        "unit": found.unit,
        "people": [{"person": one, "until": until(one, now)} for one in found.now],
        "state": state,
    }


def week(found: Roster, monday: date, now: datetime) -> list[DayOfDuty]:
    """Return the seven days of a roster: a strip of 24 hours each, the people by their hours, and the holes."""
    return [_day(found, monday + DAY * number, now) for number in range(WEEK)]


def _day(found: Roster, day: date, now: datetime) -> DayOfDuty:
    begin, end = at(day, time(0)), at(day + DAY, time(0))
    mine = [one for one in found.stretches if one.begins < end and one.ends > begin]
    mine.sort(key=lambda one: one.deputy)
    rows = _rows(mine)
    bars = [
        Bar("deputy" if one.deputy else "first", *_minutes(one.begins, one.ends, begin), place)
        for one, place in zip(mine, rows, strict=True)
    ]
    holes = [(first, last) for first, last in found.holes if first < end and last > begin]
    height = max([*rows, 0]) + 1
    bars += [Bar("hole", *_minutes(first, last, begin), 0) for first, last in holes]
    return DayOfDuty(
        label=f"{capital(format_weekday(day, language()))}, {format_date(day, language())}",
        today=local(now).date() == day,
        bars=bars,
        people=[_person(one, begin) for one in sorted(mine, key=lambda one: (one.begins, one.deputy))],
        holes=[State("late" if last > now else "wait", _hole(first, last, begin)) for first, last in holes],
        height=height,
    )


def _rows(mine: Iterable[roster.Stretch]) -> list[int]:
    """Give each stretch the highest row that is free."""
    ends: list[datetime] = []
    places: list[int] = []
    for one in mine:
        place = next((index for index, end in enumerate(ends) if end <= one.begins), len(ends))
        ends[place : place + 1] = [one.ends]
        places.append(place)
    return places


def _minutes(begins: datetime, ends: datetime, midnight: datetime) -> tuple[int, int]:
    first = max(0, int((begins - midnight).total_seconds() // 60))
    last = min(MINUTES, int((ends - midnight).total_seconds() // 60))
    return first, max(last - first, 1)


def _hours(begins: datetime, ends: datetime, midnight: datetime) -> str:
    first = format_time(begins) if begins >= midnight else "00:00"
    last = _end_clock(ends) if ends < midnight + DAY else "24:00"
    if ends > midnight + DAY:
        last = _end_clock(ends) if ends - midnight < 2 * DAY else "…"
    return f"{first}–{last}"


def _hole(begins: datetime, ends: datetime, midnight: datetime) -> str:
    return _("%(when)s: nobody") % {"when": _hours(begins, min(ends, midnight + DAY), midnight)}


def _person(one: roster.Stretch, midnight: datetime) -> dict[str, Any]:
    return {
        "hours": _hours(one.begins, min(one.ends, midnight + DAY), midnight),
        "name": one.name,
        "phone": phones.shown(one.phone),
        "call": phones.dialled(one.phone),
        "deputy": one.deputy,
        "changed": one.changed,
    }


def hours(lines: Iterable[roster.Line], now: datetime) -> list[dict[str, Any]]:
    """Return weekly hours as lines of the list: the same hours of the same person on several days stand together."""
    groups: dict[Any, list[roster.Line]] = {}
    for one in lines:
        groups.setdefault((one.starts, one.ends, one.deputy, one.name, one.phone, one.since, one.until), []).append(one)
    return [_together(some, now) for some in groups.values()]


def _together(some: Sequence[roster.Line], now: datetime) -> dict[str, Any]:
    one = some[0]
    return {
        "keys": [line.key for line in some],
        "days": days_of([line.weekday for line in some]),
        "hours": f"{one.starts:%H:%M}–{'24:00' if one.ends == time(0) else f'{one.ends:%H:%M}'}",
        "name": one.name,
        "phone": phones.shown(one.phone),
        "deputy": one.deputy,
        "since": format_date(local(one.since).date(), language()) if one.since > now else "",
        "until": format_date(local(one.until).date(), language()) if one.until else "",
    }


def days_of(weekdays: Iterable[int]) -> str:
    """Write days of the week, three and more in a row by their ends: `Mon–Fri, Sun`."""
    runs: list[list[int]] = []
    for number in sorted(set(weekdays)):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = [
        f"{_weekday(run[0])}–{_weekday(run[-1])}" if len(run) > 2 else ", ".join(_weekday(day) for day in run)
        for run in runs
    ]
    return capital(", ".join(parts))


def _weekday(number: int) -> str:
    return format_weekday(date(2024, 1, 1) + DAY * number, language(), short=True)  # 1 January 2024 was a Monday


def change(one: roster.Change) -> dict[str, Any]:
    """Return what differs from the week as a line of the list."""
    what = {
        Kind.INSTEAD: _("instead: %(name)s"),
        Kind.BESIDES: _("besides: %(name)s"),
        Kind.NOBODY: _("nobody"),
    }[one.kind]
    return {
        "key": one.key,
        "when": capital(period((one.starts_at, one.ends_at))),
        "what": what % {"name": one.name} if one.kind is not Kind.NOBODY else what,
        "phone": phones.shown(one.phone) if one.phone else "",
        "deputy": one.deputy,
    }


def fault(one: Fault) -> str:
    """Say what is wrong in a roster's table, and where."""
    names = dict(zip(COLUMNS, (_("day"), _("from"), _("to"), _("name"), _("telephone"), _("deputy")), strict=True))
    found = one.found[:60]
    words = {
        "day": _("“%(found)s” is no day: write Mon, Mon–Fri, daily or a date like 21.03.2026"),
        "clock": _("“%(found)s” is no time of day: write 18:30"),
        "name": _("a name is missing or too long"),
        "phone": _("no telephone in Kazakhstan has the number “%(found)s”"),
        "deputy": _("“%(found)s” is neither yes nor no"),
        "column_missing": _("the column “%(found)s” is missing"),
        "no_rows": _("there is no row below the heading"),
    }[one.code] % {"found": names.get(found, found) if one.code == "column_missing" else found}
    return f"{place(one.row, one.column)} {words}".strip()
