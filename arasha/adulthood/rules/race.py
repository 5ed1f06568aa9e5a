"""The race of an application against the 18th birthday. Pure: days go in, days come out."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from arasha.adulthood.rules.lists import ORDER, STAGES

MAJORITY = 18
SOON = 17
DAY = timedelta(days=1)


def add_months(day: date, months: int) -> date:
    """Return the same day some months later or earlier, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def birthday(birth: date, age: int) -> date:
    """Return the day on which somebody reaches an age. Born on 29 February it is 28 February, the earlier day."""
    return add_months(birth, age * 12)


@dataclass(frozen=True)
class Leg:
    """A stage that is still to come: its last day by the limits, and the last day on which it may begin."""

    stage: str
    months: int
    ends: date
    begin_by: date | None
    late: bool


@dataclass(frozen=True)
class Race:
    """How the stages that are left stand to the 18th birthday. `majority` is None where no birth date is known."""

    majority: date | None
    days_left: int | None
    legs: tuple[Leg, ...]

    @property
    def state(self) -> str:
        """`unknown`: no birth date; `over`: 18 already; `late`: the limits end on or after the birthday; `in_time`."""
        if self.days_left is None:
            return "unknown"
        if self.days_left <= 0:
            return "over"
        return "late" if any(leg.late for leg in self.legs) else "in_time"


def race(birth: date | None, stage: str, since: date, on: date) -> Race:
    """Compute the race from the stage that began on `since`; `birth`: the earliest day that can be the birth date.

    A stage that outlasts its limit goes on from today. Months come from `stages.csv`. Raises ValueError: no such stage.
    """
    majority = birthday(birth, MAJORITY) if birth else None
    legs, start, left = [], since, ORDER[ORDER.index(stage) :]
    for n, one in enumerate(left):
        months = int(STAGES[one].more["months"])
        ends = max(add_months(start, months), on)
        begin_by = add_months(majority, -_months(left[n:])) - DAY if majority else None
        legs.append(Leg(one, months, ends, begin_by, majority is not None and ends >= majority))
        start = ends
    return Race(majority, (majority - on).days if majority else None, tuple(legs))


def _months(stages: Sequence[str]) -> int:
    return sum(int(STAGES[one].more["months"]) for one in stages)
