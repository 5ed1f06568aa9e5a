"""A birth date as exactly as it is known: to the day, the month, the year, or from an age that somebody guessed."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

ADULT = 18
# How far a guessed age may be from the real one, in years.
GUESS = 1


class BirthInvalid(ValueError):
    """There is no such day, or it says a day without a month."""


class Likeness(StrEnum):
    """How two statements of a birth date stand to each other."""

    SAME = "same"
    POSSIBLE = "possible"
    SWAPPED = "swapped"
    DIFFERS = "differs"


@dataclass(frozen=True, slots=True)
class Birth:
    """Between which days, both included, somebody was born."""

    first: date
    last: date

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last

    def ages_on(self, day: date) -> tuple[int, int]:
        """Return the least and the greatest age in whole years that fits on a day; negative before birth."""
        return age_on(self.last, day), age_on(self.first, day)

    def may_be_child_on(self, day: date) -> bool:
        """Say whether the person may be under 18: where it is not known, they are treated as a child.

        Source: Committee on the Rights of the Child, general comment 6 (2005), paragraph 31 (i).
        """
        return self.ages_on(day)[0] < ADULT


def born(year: int, month: int | None = None, day: int | None = None) -> Birth:
    """Return a birth as it is said: a year, a month of a year, or a day. Raises BirthInvalid."""
    if day is not None and month is None:
        raise BirthInvalid
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        raise BirthInvalid from None
    if day is not None:
        return Birth(first, first)
    last_month = month or 12
    return Birth(first, date(year, last_month, monthrange(year, last_month)[1]))


def born_about(age: int, on: date) -> Birth:
    """Return the birth of somebody whose age was guessed on a day, in years, give or take one. Raises BirthInvalid."""
    if not 0 <= age < 120:
        raise BirthInvalid
    earliest = _years_before(on, age + GUESS + 1) + timedelta(days=1)
    return Birth(earliest, _years_before(on, max(age - GUESS, 0)))


def born_by_document(day: date) -> Birth:
    """Return the birth that a register's date stands for: the first of January may be the year alone."""
    return born(day.year) if (day.month, day.day) == (1, 1) else Birth(day, day)


def compared(one: Birth, other: Birth) -> Likeness:
    """Return how two births stand to each other; `SWAPPED`: day and month of one are month and day of the other."""
    if one.exact and other.exact:
        if one == other:
            return Likeness.SAME
        mirrored = (one.first.year, one.first.day, one.first.month)
        same_but_swapped = mirrored == (other.first.year, other.first.month, other.first.day)
        return Likeness.SWAPPED if same_but_swapped else Likeness.DIFFERS
    return Likeness.POSSIBLE if one.first <= other.last and other.first <= one.last else Likeness.DIFFERS


def age_on(birth: date, day: date) -> int:
    """Return the age in whole years; who was born on 29 February is a year older on 1 March of other years."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # the 29th of February
        return date(day.year - years, 2, 28)
