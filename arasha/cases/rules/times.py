"""When something happened, as exactly as anybody knows: points and spells between the days they may mean.

A point is a day and how exact it is. "About 2014" may mean any day of 2013 to 2015 (field practice, not checked).
A spell surely ran between the last day on which it may have begun and the first on which it may have ended, and
possibly between the first and the last: so that vague dates are counted, and nothing is claimed of them.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from arasha.cases.rules.codes import PRECISIONS

ABOUT_YEARS: Final = 1  # field practice: how far "about" reaches to either side
EARLIEST: Final = date(1900, 1, 1)
DAY, MONTH, YEAR, ABOUT, UNKNOWN = "day", "month", "year", "about", "unknown"
EXACT: Final = (YEAR, MONTH, DAY)  # by how many numbers were typed


class NotYet(ValueError):
    """It surely lies after today."""


class EndsTooEarly(ValueError):
    """It surely ended before it can have begun."""


class DayMissing(ValueError):
    """An exactness without a day, or a day of which nobody says how exact it is."""


@dataclass(frozen=True)
class Point:
    """A day, and how exact it is: `day`, `month`, `year`, `about`; `unknown` has no day."""

    day: date | None = None
    precision: str = UNKNOWN

    def __post_init__(self) -> None:
        """Refuse an exactness of no list (UnknownCode), or one that does not fit the day (DayMissing)."""
        PRECISIONS[self.precision]
        if (self.day is None) != (self.precision == UNKNOWN):
            raise DayMissing

    def reach(self, today: date) -> tuple[date, date] | None:
        """Return the first and the last day that it may mean, none of them after today; None when nothing is known."""
        if self.day is None:
            return None
        first, last = _ends(self.day, self.precision)
        return max(first, EARLIEST), min(last, today)


def _ends(day: date, precision: str) -> tuple[date, date]:
    if precision == MONTH:
        following = date(day.year + day.month // 12, day.month % 12 + 1, 1) if day.year < date.max.year else date.max
        return day.replace(day=1), date.fromordinal(following.toordinal() - 1)
    if precision in {YEAR, ABOUT}:
        around = ABOUT_YEARS if precision == ABOUT else 0
        return (
            date(max(day.year - around, date.min.year), 1, 1),
            date(min(day.year + around, date.max.year), 12, 31),
        )
    return day, day


NO_DAY: Final = Point()


@dataclass(frozen=True)
class Spell:
    """When it may have been and when it surely was. `sure` is None where no day is sure.

    `first` is None when nothing says since when.
    """

    first: date | None
    last: date
    sure: tuple[date, date] | None

    def surely_in(self, year: int) -> bool:
        """Say whether it surely touched the year."""
        return self.sure is not None and self.sure[0].year <= year <= self.sure[1].year

    def possibly_in(self, year: int) -> bool:
        """Say whether it may have touched the year, or surely did; without a beginning every year until its end may."""
        return (self.first is None or self.first.year <= year) and year <= self.last.year


def event(at: Point, today: date) -> Spell:
    """Return when one event may have been: within the reach of its day. Surely within a year that holds all of it."""
    reach = at.reach(today)
    if reach is None:
        return Spell(None, today, None)
    first, last = reach
    return Spell(first, last, reach if first.year == last.year else None)


def pattern(since: Point, until: Point, today: date, *, goes_on: bool) -> Spell:
    """Return when a pattern may have been and surely was.

    `today`: the day up to which anybody knows, that on which it was written down. What goes on was still so then.
    """
    begun = since.reach(today)
    ended = (today, today) if goes_on else until.reach(today)
    last = ended[1] if ended else today
    return Spell(begun[0] if begun else None, last, _surely(begun, ended, last))


def _surely(begun: tuple[date, date] | None, ended: tuple[date, date] | None, last: date) -> tuple[date, date] | None:
    """Return between which days it surely ran, else an end that lies within one year: that year it surely touched."""
    if begun and ended and min(begun[1], last) <= ended[0]:
        return min(begun[1], last), ended[0]
    for end in (begun, ended):
        if end and end[0].year == end[1].year:
            return end
    return None


def check_times(since: Point, until: Point, today: date, *, goes_on: bool) -> None:
    """Refuse what can't be: it lies in days to come (NotYet), or surely ended before it began (EndsTooEarly).

    What goes on has no end (EndsTooEarly). "In 2015", until "about 2014" stands: both may be one year.
    """
    for point in (since, until):
        if point.day is not None and _ends(point.day, point.precision)[0] > today:
            raise NotYet
        if point.day is not None and point.precision == ABOUT and point.day.year > today.year:
            raise NotYet
    begun, ended = since.reach(today), until.reach(today)
    if ended and (goes_on or (begun and ended[1] < begun[0])):
        raise EndsTooEarly


def years(spells: list[Spell], year: int) -> tuple[int, int]:
    """Return how many spells surely touched the year, and how many may have, those included."""
    return sum(one.surely_in(year) for one in spells), sum(one.possibly_in(year) for one in spells)


class PointUnclear(ValueError):
    """What was typed is no year, no month of a year and no day."""


def read_point(typed: str, *, about: bool = False) -> Point:
    """Read "2014", "05.2014" or "31.05.2014", as exact as typed; nothing is not known. Raises PointUnclear."""
    parts = [part for part in typed.strip().replace("/", ".").replace("-", ".").split(".") if part]
    if not parts:
        return NO_DAY
    if len(parts) > len(EXACT) or not all(part.isascii() and part.isdigit() for part in parts) or len(parts[-1]) != 4:
        raise PointUnclear
    numbers = [int(part) for part in reversed(parts)]
    try:
        day = date(*[*numbers, 1, 1][:3])
    except (ValueError, OverflowError):
        raise PointUnclear from None
    if day < EARLIEST:
        raise PointUnclear
    return Point(day, ABOUT if about else EXACT[len(parts) - 1])


def written(point: Point) -> str:
    """Return a point as `read_point` reads it."""
    if point.day is None:
        return ""
    forms = {DAY: f"{point.day:%d.%m.%Y}", MONTH: f"{point.day:%m.%Y}"}
    return forms.get(point.precision, f"{point.day.year:04}")
