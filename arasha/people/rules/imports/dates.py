"""Dates as registers write them: which style a column has, and what one cell says in it.

Rules, stated once:
- Parted by points, the day comes first, unless a cell of the column shows the other: no locale of the Unicode CLDR
  writes month.day.year in figures with points.
- Parted by strokes or dashes, day and month of 05/06/2014 can't be told apart by the cell. The column decides: one cell
  with a figure above 12 is enough, and so are identification numbers beside it. If nothing decides, a person chooses.
- A year of two figures is the latest such year that is not after today.
- 1 January is the year alone (`born_by_document`); so are 00.00.2014 and 2014. 00.06.2014 and 06.2014 are a month.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final

from arasha.people.rules.birth import Birth, BirthInvalid, born, born_by_document
from arasha.people.rules.iin import IinInvalid, read_iin
from arasha.people.rules.imports.faults import rows_of
from arasha.people.rules.imports.headings import folded

OLDEST: Final = 120
LONGEST: Final = 60
# Excel's day 0, with its 29 February 1900 that never was: right from March 1900 on.
EXCEL_ZERO: Final = date(1899, 12, 30)
SERIAL: Final = re.compile(r"[1-5]\d{4}(?:\.0+)?", re.ASCII)
CLOCK: Final = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?$", re.ASCII)
YEAR_FIRST: Final = re.compile(r"(\d{4})([-./])(\d{1,2})\2(\d{1,2})", re.ASCII)
YEAR_LAST: Final = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})", re.ASCII)
MONTH_YEAR: Final = re.compile(r"(\d{1,2})[-./](\d{4})", re.ASCII)
YEAR: Final = re.compile(r"\d{4}", re.ASCII)
EIGHT: Final = re.compile(r"\d{8}", re.ASCII)
# «г.», «ж.», «жыл», «год рождения», "th", commas: what may stand beside the figures of a date in words
BESIDE: Final = re.compile(
    r"(?<![^\W\d_])(?:года|год|г|р|рождения|ж|жыл|жылы|жылгы|туган|ы|го|st|nd|rd|th)(?![^\W\d_])"
)
PIECE: Final = re.compile(r"\d+|[^\W\d_]+")
YEAR_WORD: Final = re.compile(r"(?<=\d)\s*(?:г|год|года|г\.\s*р|года рождения|ж|жыл|жылы|ж\.\s*т)$", re.IGNORECASE)
UNTIDY: Final = re.compile(r"\s*([-./])\s*")


class Order(StrEnum):
    """Which comes first where it can't be seen."""

    DAY_FIRST = "day_first"
    MONTH_FIRST = "month_first"


class DateFault(ValueError):
    """A cell is no birth date; `code` is one of `import_faults.csv`."""

    def __init__(self, code: str) -> None:
        """Keep the code; the date stands in no message."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class StyleFound:
    """What a column's dates say of their order: how many speak for each, and how many could be either.

    `order` is None where nothing decides; `mixed` where cells speak for both, and `order` is then what most say.
    """

    order: Order | None
    day_first: int
    month_first: int
    either: int
    unreadable: int

    @property
    def mixed(self) -> bool:
        """Whether there are cells of both orders."""
        return bool(self.day_first and self.month_first)

    @property
    def needed(self) -> bool:
        """Whether some cell can't be read without knowing the order."""
        return bool(self.either)


@dataclass(frozen=True, slots=True)
class _Parts:
    """Figures of a date, of which a day or month may be 0: not known.

    `free`: day and month may be the other way; `dotted`: only if others in the column show it.
    """

    year: int
    month: int
    day: int
    short: bool = False
    free: bool = False
    dotted: bool = False


@lru_cache(maxsize=65_536)
def read_birth(text: str, order: Order | None, today: date) -> Birth:
    """Return the birth that a cell says. Raises DateFault."""
    parts = _parts(_tidy(text))
    if parts is None:
        raise DateFault("date_unreadable")
    day, month = parts.day, parts.month
    if parts.free:
        if order is None and not parts.dotted and day <= 12 and month <= 12 and day != month:
            raise DateFault("date_ambiguous")
        if order is Order.MONTH_FIRST or (order is None and month > 12):
            day, month = month, day
    return _bounded(_birth(_full_year(parts, month, day, today), month, day), today)


def read_birth_year(text: str, today: date) -> Birth:
    """Return the birth of a year's column; a whole date in it is taken as what it says. Raises DateFault."""
    tidy = _tidy(text)
    if not YEAR.fullmatch(tidy):
        return read_birth(text, Order.DAY_FIRST, today)
    if not today.year - OLDEST <= int(tidy) <= today.year:
        raise DateFault("year_impossible")
    return born(int(tidy))


def find_style(cells: Iterable[str], numbers: Iterable[str] = ()) -> StyleFound:
    """Return which order the cells of one column have; `numbers` are the identification numbers beside them."""
    day_first = month_first = either = unreadable = 0
    beside: Sequence[str] = list(numbers)
    for place, cell in enumerate(cells):
        parts = _parts(_tidy(cell)) if cell else None
        if parts is None:
            unreadable += bool(cell)
        elif parts.free:
            votes = _votes(parts, beside[place] if place < len(beside) else "")
            day_first += votes is Order.DAY_FIRST
            month_first += votes is Order.MONTH_FIRST
            either += votes is None and not parts.dotted and parts.day != parts.month
    order = None
    if day_first or month_first:
        order = Order.DAY_FIRST if day_first >= month_first else Order.MONTH_FIRST
    return StyleFound(order, day_first, month_first, either, unreadable)


def _votes(parts: _Parts, number: str) -> Order | None:
    if parts.day > 12:
        return Order.DAY_FIRST
    if parts.month > 12:
        return Order.MONTH_FIRST
    try:
        said = read_iin(number).born
    except IinInvalid:
        return None
    if parts.day == parts.month or said.year % 100 != parts.year % 100:
        return None
    return {(parts.month, parts.day): Order.DAY_FIRST, (parts.day, parts.month): Order.MONTH_FIRST}.get(
        (said.month, said.day)
    )


def _tidy(text: str) -> str:
    plain = CLOCK.sub("", text[:LONGEST].strip()).strip(" .,;")
    return UNTIDY.sub(r"\1", plain if plain[-1:].isdigit() else YEAR_WORD.sub("", plain))


@cache
def _months() -> dict[str, int]:
    return {folded(row["word"]): int(row["month"]) for row in rows_of("import_months.csv")}


def _parts(text: str) -> _Parts | None:
    """Return the figures of a date in any style, None for what is none."""
    if found := YEAR_LAST.fullmatch(text):
        first, sign, second, year = found.groups()
        free = bool(int(first) and int(second))
        return _Parts(int(year), int(second), int(first), len(year) == 2, free, sign == ".")
    if found := YEAR_FIRST.fullmatch(text):
        return _Parts(int(found[1]), int(found[3]), int(found[4]))
    if found := MONTH_YEAR.fullmatch(text):
        return _Parts(int(found[2]), int(found[1]), 0)
    return _in_one(text) or _in_words(text)


def _in_one(text: str) -> _Parts | None:
    """Return 2014, Excel's 42004, 20141231 or 31122014: the month of the one is above 12 in the other."""
    if YEAR.fullmatch(text):
        return _Parts(int(text), 0, 0)
    if SERIAL.fullmatch(text):
        day = EXCEL_ZERO + timedelta(days=int(text[:5]))
        return _Parts(day.year, day.month, day.day)
    if not EIGHT.fullmatch(text):
        return None
    if text[:2] in {"19", "20"} and int(text[4:6]) <= 12:
        return _Parts(int(text[:4]), int(text[4:6]), int(text[6:]))
    return _Parts(int(text[4:]), int(text[2:4]), int(text[:2]))


def _in_words(text: str) -> _Parts | None:
    """Return «31 желтоқсан 2014 ж.», «2014 жылғы 31 желтоқсан», 31-дек-14, December 31, 2014, «желтоқсан 2014»."""
    pieces = PIECE.findall(BESIDE.sub(" ", folded(text)))
    months = [month for piece in pieces if (month := _months().get(piece))]
    figures = [piece for piece in pieces if piece.isascii() and piece.isdigit()]
    if len(months) != 1 or len(pieces) != len(figures) + 1 or not 1 <= len(figures) <= 2:
        return None
    years = [piece for piece in figures if len(piece) == 4]
    days = [piece for piece in figures if len(piece) <= 2]
    if len(years) == 1:
        return _Parts(int(years[0]), months[0], int(days[0]) if days else 0)
    return _Parts(int(days[1]), months[0], int(days[0]), True) if len(days) == 2 and len(days[1]) == 2 else None


def _full_year(parts: _Parts, month: int, day: int, today: date) -> int:
    if not parts.short:
        return parts.year
    century = today.year // 100 * 100
    year = century + parts.year
    return year - 100 if (year, month, day) > (today.year, today.month, today.day) else year


def _birth(year: int, month: int, day: int) -> Birth:
    try:
        if not month:
            return born(year)
        return born_by_document(date(year, month, day)) if day else born(year, month)
    except (BirthInvalid, ValueError):
        raise DateFault("date_impossible") from None


def _bounded(birth: Birth, today: date) -> Birth:
    if birth.first > today:
        raise DateFault("date_future")
    if birth.last.year < today.year - OLDEST:
        raise DateFault("date_too_early")
    return birth
