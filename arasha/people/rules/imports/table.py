"""A table from outside, read row by row: its rows with their cells as they came, and what is wrong with them already.

Nothing is dropped in silence: a cell that can't be kept as it is makes a fault with its place.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from typing import Any, Final

from arasha.people.rules.imports.faults import RowFault, Unreadable
from arasha.ui.rules.sheets import FORMULA_BEGINS

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 200
LONGEST_CELL: Final = 10_000
SAMPLE: Final = 2_000
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# What copying from pages and letters leaves in cells: zero-width signs, marks of direction, soft hyphens.
INVISIBLE: Final = dict.fromkeys([0xAD, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF])
LOST: Final = "\ufffd"
# Bytes that the encoding lacks come in as these, and go out as the same bytes (PEP 383).
UNDECODED: Final = re.compile("[\ud800-\udfff\ufffd]")


@dataclass(frozen=True, slots=True)
class Raw:
    """A row as a file gives it, numbered as a spreadsheet shows it; `faults` are (column, code)."""

    number: int
    values: tuple[Any, ...]
    faults: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its cells as they came, and the faults that reading found."""

    number: int
    values: tuple[Any, ...]
    faults: tuple[RowFault, ...] = ()

    def cell(self, index: int) -> str:
        """Return a cell (from 0) as trimmed words; "" where the row is shorter."""
        return words_in(self.values[index]) if index < len(self.values) else ""

    @property
    def cells(self) -> tuple[str, ...]:
        """All cells as trimmed words."""
        return tuple(words_in(value) for value in self.values)


def words_in(value: Any) -> str:
    """Return a cell's value as a person reads it, on one line; dates as 2014-12-31, whole numbers without a point."""
    if isinstance(value, str):
        text = " ".join(value.split())
        if not text.isprintable():
            text = text.translate(INVISIBLE)
        # the sign that `writing` puts before what a spreadsheet would run
        return text[1:].lstrip() if value[:1] == "'" and value[1:2] in FORMULA_BEGINS else text
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time(0) else "%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


@dataclass(frozen=True, kw_only=True)
class Table:
    """A register as it came. Its rows are read anew at each call of `rows`, one reading at a time.

    `encoding_sure` is false where two encodings were nearly as likely: a person should look at the sample. `about` is
    how many rows there are at most, for showing progress. `heading_row` is 0 for a table without a heading. From column
    `ours` on stand the two columns of an earlier error file, -1 for none: they are passed over.
    """

    kind: str
    name: str
    encoding: str = ""
    encoding_sure: bool = True
    mark: bytes = b""
    delimiter: str = ""
    sheet: str = ""
    other_sheets: tuple[str, ...] = ()
    about: int = 0
    heading_row: int = 0
    headings: tuple[str, ...] = ()
    width: int = 0
    ours: int = -1
    ignored_rows: frozenset[int] = frozenset()
    walk: Callable[[], Iterator[Raw]] = field(repr=False, compare=False)

    def rows(self, *, after: int = 0) -> Iterator[Row]:
        """Give the rows below the heading that hold anything, from the one after number `after` on.

        Raises Unreadable where the file can't be read on.
        """
        first = max(after, self.heading_row)
        for raw in self.walk():
            if raw.number > MOST_ROWS:
                raise Unreadable("too_many_rows", raw.number)
            if raw.number > first and raw.number not in self.ignored_rows:
                row = checked(raw if self.ours < 0 else _without_ours(raw, self.ours), self.width)
                if (row.values or row.faults) and not self._is_heading(row):
                    yield row

    def _is_heading(self, row: Row) -> bool:
        """Say whether a row repeats the heading, as on every page of what was made for printing."""
        return bool(self.headings) and row.cell(0) == self.headings[0] and row.cells == self.headings

    def sample(self, most: int = SAMPLE) -> list[Row]:
        """Return the first rows, for finding out what the columns hold."""
        return list(islice(self.rows(), most))


def checked(raw: Raw, width: int) -> Row:
    """Return a row without empty cells at its end, with every fault that its cells have by themselves."""
    values = trimmed(raw.values)
    found = list(raw.faults)
    if width and len(values) > width:
        found.append((width + 1, "more_cells"))
    for place, value in enumerate(values, start=1):
        if isinstance(value, str) and (len(value) > LONGEST_CELL or not value.isprintable() or LOST in value):
            found += [(place, code) for code in _wrong_letters(value)]
    if not found:
        return Row(raw.number, values)
    if (0, "quotes") in found and len(values) == width:
        found[found.index((0, "quotes"))] = (0, "quotes_plain")
    return Row(raw.number, values, tuple(RowFault.of(raw.number, *fault) for fault in found))


def _without_ours(raw: Raw, place: int) -> Raw:
    return Raw(raw.number, raw.values[:place] + raw.values[place + 2 :], raw.faults)


def trimmed(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the values without the empty ones at their end."""
    end = len(values)
    while end and (values[end - 1] is None or (isinstance(values[end - 1], str) and not values[end - 1].strip())):
        end -= 1
    return values[:end]


def _wrong_letters(value: str) -> Iterator[str]:
    if len(value) > LONGEST_CELL:
        yield "cell_too_long"
    if CONTROL.search(value):
        yield "control_letters"
    if UNDECODED.search(value):
        yield "text_unreadable"
