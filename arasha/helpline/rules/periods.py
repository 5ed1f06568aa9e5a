"""Periods of figures: whole months, as the reader asks for them in the address. No clock."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final

from arasha.kernel.worktime.rules import ZONE

MOST_MONTHS: Final = 120
MONTH: Final = re.compile(r"(\d{4})-(\d{2})")


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """One month."""

    year: int
    number: int

    @property
    def code(self) -> str:
        """Return it as the address has it, 2026-03."""
        return f"{self.year:04}-{self.number:02}"

    @property
    def first(self) -> date:
        """Return its first day."""
        return date(self.year, self.number, 1)

    def plus(self, months: int) -> "Month":
        """Return the month so many later."""
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)


@dataclass(frozen=True, slots=True)
class Period:
    """Months from one to another, both within."""

    first: Month
    last: Month

    @property
    def months(self) -> list[Month]:
        """Return each month."""
        return [self.first.plus(step) for step in range(self.length)]

    @property
    def length(self) -> int:
        """Return how many months."""
        return (self.last.year - self.first.year) * 12 + self.last.number - self.first.number + 1

    @property
    def since(self) -> datetime:
        """Return the moment at which it begins, in Kazakhstan."""
        return datetime.combine(self.first.first, time(0), ZONE)

    @property
    def until(self) -> datetime:
        """Return the moment at which it has ended."""
        return datetime.combine(self.last.plus(1).first, time(0), ZONE)


def month(code: str) -> Month | None:
    """Read `2026-03`; None for anything else."""
    found = MONTH.fullmatch(code)
    if not found or not 1 <= int(found[2]) <= 12 or not 2000 <= int(found[1]) <= 2100:
        return None
    return Month(int(found[1]), int(found[2]))


def month_of(day: date) -> Month:
    """Return the month of a day."""
    return Month(day.year, day.month)


def period(first: str, last: str, today: date) -> Period:
    """Return what was asked for; what is no month, or lies ahead, gives the year so far."""
    now = month_of(today)
    since, until = month(first) or Month(now.year, 1), min(month(last) or now, now)
    since = min(since, until)
    if Period(since, until).length > MOST_MONTHS:
        since = until.plus(1 - MOST_MONTHS)
    return Period(since, until)
