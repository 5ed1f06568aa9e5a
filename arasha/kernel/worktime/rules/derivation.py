"""How a deadline was computed, step by step, as codes that are stored and later put into a reader's language."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from arasha.kernel.worktime.rules.calendar import Calendar, Kind, Mark
from arasha.kernel.worktime.rules.hours import Hours
from arasha.kernel.worktime.rules.limit import Limit
from arasha.kernel.worktime.rules.zone import local


class Reason(StrEnum):
    """Why a day counts or does not."""

    NOTICE = "notice"  # the day of the notice is not counted
    COUNTED = "counted"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    MOVED_OFF = "moved_off"  # a working day made free in place of another day
    MOVED_WORKING = "moved_working"  # a weekend day that is worked in place of another day
    PAUSED = "paused"  # the limit was suspended
    CLOSED = "closed"  # the body had already closed
    LAST_MOVED = "last_moved"  # the last calendar day was off, this is the next day of work


COUNTING = frozenset({Reason.COUNTED, Reason.MOVED_WORKING, Reason.LAST_MOVED})
OFF_REASONS = {Kind.HOLIDAY: Reason.HOLIDAY, Kind.MOVED_OFF: Reason.MOVED_OFF}


class PauseInvalid(ValueError):
    """A suspension must end after it began, and both moments must be aware."""


@dataclass(frozen=True, slots=True)
class Pause:
    """A suspension of a limit: time that is not counted."""

    since: datetime
    until: datetime

    def __post_init__(self) -> None:
        if self.since.tzinfo is None or self.until.tzinfo is None or self.since >= self.until:
            raise PauseInvalid("a suspension ends after it began, both moments aware")


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the strip. `number` says which of the counted days it is; `mark` what the calendar says of it."""

    date: date
    reason: Reason
    number: int | None = None
    mark: Mark | None = None

    @property
    def counts(self) -> bool:
        """Say whether time ran on this day."""
        return self.reason in COUNTING


@dataclass(frozen=True, slots=True)
class Derivation:
    """From which moment, how long, by which hours and calendar, day by day, and until when.

    `from_moment` and `due` are aware; the due moment itself is still in time, the next microsecond is late.
    """

    from_moment: datetime
    limit: Limit
    hours: Hours
    days: tuple[Day, ...]
    due: datetime
    pauses: tuple[Pause, ...] = ()

    @property
    def estimated(self) -> bool:
        """Say whether a date that is not announced yet took part in the count."""
        return any(day.mark is not None and day.mark.estimated for day in self.days)

    def to_json(self) -> dict[str, Any]:
        """Return codes; ordinary days are left out, because `from_json` can tell them from the week."""
        special = [_day_to_json(day) for day in self.days if not _ordinary(day, self)]
        return {
            "from": self.from_moment.isoformat(),
            "limit": self.limit.to_json(),
            "hours": self.hours.to_json(),
            "pauses": [[pause.since.isoformat(), pause.until.isoformat()] for pause in self.pauses],
            "days": special,
            "due": self.due.isoformat(),
        }

    @classmethod
    def from_json(cls, codes: dict[str, Any]) -> "Derivation":
        """Rebuild what `to_json` wrote, without asking any calendar."""
        special = {date.fromisoformat(day["date"]): day for day in codes["days"]}
        from_moment, due = (datetime.fromisoformat(codes[key]) for key in ("from", "due"))
        limit = Limit.from_json(codes["limit"])
        hours = Hours.from_json(codes["hours"])
        days: list[Day] = []
        number = 0
        for offset in range((local(due).date() - local(from_moment).date()).days + 1):
            day = local(from_moment).date() + timedelta(offset)
            reason = _reason(special.get(day), day, limit, hours)
            number += reason in COUNTING
            days.append(Day(day, reason, number if reason in COUNTING else None, _mark(special.get(day))))
        pauses = tuple(Pause(datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in codes["pauses"])
        return cls(from_moment, limit, hours, tuple(days), due, pauses)


def skips_days_off(limit: Limit, hours: Hours) -> bool:
    """Say whether days off stop this limit: working days always, working hours unless somebody is always there."""
    return limit.unit == "working_days" or (limit.unit == "working_hours" and not hours.around_the_clock)


def off_reason(day: date, calendar: Calendar) -> Reason:
    """Say why a day off is off."""
    mark = calendar.mark(day)
    return Reason.WEEKEND if mark is None else OFF_REASONS.get(mark.kind, Reason.WEEKEND)


def _ordinary(day: Day, derivation: Derivation) -> bool:
    return day.mark is None and day.reason is _reason(None, day.date, derivation.limit, derivation.hours)


def _reason(codes: dict[str, Any] | None, day: date, limit: Limit, hours: Hours) -> Reason:
    if codes is not None:
        return Reason(codes["reason"])
    return Reason.WEEKEND if day.weekday() >= 5 and skips_days_off(limit, hours) else Reason.COUNTED


def _day_to_json(day: Day) -> dict[str, Any]:
    codes: dict[str, Any] = {"date": day.date.isoformat(), "reason": day.reason.value}
    if day.mark is not None:
        codes |= {"kind": day.mark.kind.value, "kk": day.mark.name_kk, "ru": day.mark.name_ru, "en": day.mark.name_en}
        if day.mark.instead_of is not None:
            codes["instead_of"] = day.mark.instead_of.isoformat()
        if day.mark.estimated:
            codes["estimated"] = True
    return codes


def _mark(codes: dict[str, Any] | None) -> Mark | None:
    if codes is None or "kind" not in codes:
        return None
    other = codes.get("instead_of")
    return Mark(
        Kind(codes["kind"]),
        codes["kk"],
        codes["ru"],
        codes["en"],
        date.fromisoformat(other) if other else None,
        bool(codes.get("estimated")),
    )
