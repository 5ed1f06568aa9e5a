"""When a limit ends.

- Minutes and hours of the clock run through nights and holidays: an urgent act never waits for opening.
- Working hours run while the body is open; in a body round the clock they always run.
- Days: the day of the notice is not counted, the last day ends when the body closes (round the clock: with its last
  second). Working days follow the country's calendar for every body, because the law says so, also round the clock.
- A calendar limit whose last day is off ends on the next day that the body works, unless `day_off_stands`.
- Suspended time is not counted. A day is not counted when the limit stands still at its end; the day on which it runs
  again counts (as procedural law has it).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

from arasha.kernel.worktime.rules.calendar import Calendar, Kind
from arasha.kernel.worktime.rules.derivation import Day, Derivation, Pause, Reason, off_reason, skips_days_off
from arasha.kernel.worktime.rules.hours import Hours
from arasha.kernel.worktime.rules.limit import Limit, Unit
from arasha.kernel.worktime.rules.zone import at, local

MIDNIGHT = datetime.min.time()


def due_at(
    limit: Limit, from_moment: datetime, hours: Hours, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> Derivation:
    """Compute the due moment and the reasons. Raises NaiveMoment, YearUnknown (calendar before 2002 or past 2100)."""
    start = local(from_moment).astimezone(UTC)
    ordered = tuple(sorted(pauses, key=lambda pause: pause.since))
    if limit.unit in (Unit.WORKING_DAYS, Unit.CALENDAR_DAYS):
        days, due = _by_days(limit, start, hours, calendar, ordered)
    else:
        days, due = _by_time(limit, start, hours, calendar, ordered)
    return Derivation(start, limit, hours, tuple(days), due.astimezone(UTC), ordered)


def add_pause(derivation: Derivation, pause: Pause, calendar: Calendar) -> Derivation:
    """Compute the same limit again with one more suspension that is over by now."""
    return due_at(derivation.limit, derivation.from_moment, derivation.hours, calendar, (*derivation.pauses, pause))


def _dates(start: datetime) -> Iterator[date]:
    first = local(start).date()
    return (first + timedelta(offset) for offset in count())


def _by_days(
    limit: Limit, start: datetime, hours: Hours, calendar: Calendar, pauses: Sequence[Pause]
) -> tuple[list[Day], datetime]:
    dates = _dates(start)
    notice = next(dates)
    days = [Day(notice, Reason.NOTICE, mark=calendar.mark(notice))]
    number = 0
    for day in dates:
        reason = _day_reason(day, limit, hours, calendar, pauses)
        if reason in (Reason.COUNTED, Reason.MOVED_WORKING):
            number += 1
        days.append(Day(day, reason, number if _counted(reason) else None, calendar.mark(day)))
        if number == limit.amount:
            break
    if limit.unit is Unit.CALENDAR_DAYS and not limit.day_off_stands:
        _move_last(days, hours, calendar, pauses)
    last = days[-1].date
    return days, hours.end(last, closed=not hours.works(last, calendar))


def _counted(reason: Reason) -> bool:
    return reason in (Reason.COUNTED, Reason.MOVED_WORKING)


def _day_reason(day: date, limit: Limit, hours: Hours, calendar: Calendar, pauses: Sequence[Pause]) -> Reason:
    if skips_days_off(limit, hours) and not calendar.works(day):
        return off_reason(day, calendar)
    end = hours.end(day, closed=not hours.works(day, calendar))
    if _stands_still(end, pauses):
        return Reason.PAUSED
    return _working_reason(day, limit, hours, calendar)


def _working_reason(day: date, limit: Limit, hours: Hours, calendar: Calendar) -> Reason:
    mark = calendar.mark(day)
    moved = mark is not None and mark.kind is Kind.MOVED_WORKING and skips_days_off(limit, hours)
    return Reason.MOVED_WORKING if moved else Reason.COUNTED


def _move_last(days: list[Day], hours: Hours, calendar: Calendar, pauses: Sequence[Pause]) -> None:
    """Let a limit that ends on a day off end on the next day of work; the day off itself is then said to be off."""
    while (reason := _idle(days[-1].date, hours, calendar, pauses)) is not None:
        last = days[-1]
        days[-1] = replace(last, reason=reason, number=None)
        following = last.date + timedelta(1)
        days.append(Day(following, Reason.LAST_MOVED, last.number, calendar.mark(following)))


def _idle(day: date, hours: Hours, calendar: Calendar, pauses: Sequence[Pause]) -> Reason | None:
    if not hours.works(day, calendar):
        return off_reason(day, calendar)
    return Reason.PAUSED if _stands_still(hours.end(day), pauses) else None


def _stands_still(end: datetime, pauses: Sequence[Pause]) -> bool:
    return any(pause.since < end <= pause.until for pause in pauses)


def _by_time(
    limit: Limit, start: datetime, hours: Hours, calendar: Calendar, pauses: Sequence[Pause]
) -> tuple[list[Day], datetime]:
    left = timedelta(minutes=limit.amount) if limit.unit is Unit.CLOCK_MINUTES else timedelta(hours=limit.amount)
    days: list[Day] = []
    number = 0
    for day in _dates(start):
        mark = calendar.mark(day)
        if skips_days_off(limit, hours) and not calendar.works(day):
            days.append(Day(day, off_reason(day, calendar), mark=mark))
            continue
        begins, ends = _running(day, limit, hours)
        pieces = _without(max(begins, start), ends, pauses)
        if not pieces:
            closed = start >= ends
            days.append(Day(day, Reason.CLOSED if closed else Reason.PAUSED, mark=mark))
            continue
        number += 1
        days.append(Day(day, _working_reason(day, limit, hours, calendar), number, mark))
        for since, until in pieces:
            if until - since >= left:
                due = since + left
                if local(due).date() > day:  # midnight: its date is the next day's
                    days.append(Day(local(due).date(), Reason.COUNTED, number + 1, calendar.mark(local(due).date())))
                return days, due
            left -= until - since
    raise AssertionError("the dates never end")


def _running(day: date, limit: Limit, hours: Hours) -> tuple[datetime, datetime]:
    """Return, in UTC, from when to when time may run on this day."""
    if skips_days_off(limit, hours):
        begins, ends = hours.window(day)
    else:
        begins, ends = at(day, MIDNIGHT), at(day + timedelta(1), MIDNIGHT)
    return begins.astimezone(UTC), ends.astimezone(UTC)


def _without(begins: datetime, ends: datetime, pauses: Sequence[Pause]) -> list[tuple[datetime, datetime]]:
    """Return what is left of a stretch of time when the suspensions (sorted) are cut out."""
    pieces: list[tuple[datetime, datetime]] = []
    for pause in pauses:
        if begins < pause.since < ends:
            pieces.append((begins, pause.since))
        begins = max(begins, min(ends, pause.until)) if pause.since < ends else begins
    if begins < ends:
        pieces.append((begins, ends))
    return pieces
