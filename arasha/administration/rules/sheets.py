"""Tables that people hand in: pasted from a spreadsheet, a CSV file or an Excel workbook. No database, no clock.

A workbook comes from outside: what it unpacks to is bounded before it is parsed, formulas are refused (their values
are whatever somebody's machine computed last), and nothing of it is ever executed or fetched.
"""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

import openpyxl

LARGEST: Final = 2 * 1024 * 1024
LARGEST_UNPACKED: Final = 30 * 1024 * 1024
MOST_PARTS: Final = 200
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 40
LONGEST_CELL: Final = 500
BROKEN: Final = (zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError, IndexError, AttributeError)


class SheetUnreadable(ValueError):
    """What was handed in is no table that can be read; `code` says why, `row` and `column` (from 1) where, if known."""

    def __init__(self, code: str, row: int = 0, column: int = 0) -> None:
        super().__init__(code)
        self.code, self.row, self.column = code, row, column


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its number as the person sees it; cells are trimmed words."""

    number: int
    cells: tuple[str, ...]

    def cell(self, index: int) -> str:
        """Return a cell, "" where the row is shorter."""
        return self.cells[index] if 0 <= index < len(self.cells) else ""


def read(content: bytes) -> list[Row]:
    """Return the rows that hold anything. Raises SheetUnreadable."""
    if len(content) > LARGEST:
        raise SheetUnreadable("too_large")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetUnreadable("old_excel")
    found = _workbook(content) if content.startswith(b"PK\x03\x04") else _lines(_decoded(content))
    rows = [_checked(number, cells) for number, cells in found]
    full = [row for row in rows if any(row.cells)]
    if not full:
        raise SheetUnreadable("empty")
    return full


def _checked(number: int, cells: list[str]) -> Row:
    while cells and not cells[-1].strip():
        cells.pop()
    if cells and number > MOST_ROWS:
        raise SheetUnreadable("too_many_rows", number)
    if len(cells) > MOST_COLUMNS:
        raise SheetUnreadable("too_many_columns", number)
    for column, cell in enumerate(cells, start=1):
        if len(cell) > LONGEST_CELL:
            raise SheetUnreadable("cell_too_long", number, column)
        if cell.startswith("="):
            raise SheetUnreadable("formula", number, column)
        if any(ord(letter) < 32 and letter not in "\n\t\r" for letter in cell):
            raise SheetUnreadable("letters", number, column)
    return Row(number, tuple(" ".join(cell.split()) for cell in cells))


def _decoded(content: bytes) -> str:
    """Decode; what is not UTF-8 is the Kazakh Windows page, which agrees with windows-1251 on all Russian letters."""
    codecs = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "kz1048"]
    for codec in codecs:
        try:
            return content.decode(codec)
        except UnicodeDecodeError:
            continue
    raise SheetUnreadable("letters")


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    head = text[:4096]
    delimiter = max("\t;,", key=head.count)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        yield from enumerate(reader, start=1)
    except csv.Error:
        raise SheetUnreadable("not_a_table") from None


def _workbook(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        _bounded(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a workbook without a default style is readable all the same
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            for number, cells in enumerate(sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS + 1), start=1):
                yield number, [_words(cell, number, place) for place, cell in enumerate(cells, start=1)]
        finally:
            book.close()
    except SheetUnreadable:
        raise
    except BROKEN:
        raise SheetUnreadable("not_a_table") from None


def _bounded(content: bytes) -> None:
    """Refuse a workbook that would unpack to too much, or whose XML declares entities."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        members = parts.infolist()
        # zipfile itself never unpacks more of a part than the size that it declares
        if len(members) > MOST_PARTS or sum(part.file_size for part in members) > LARGEST_UNPACKED:
            raise SheetUnreadable("too_large")
        for part in members:
            if part.filename.endswith((".xml", ".rels")) and b"<!" in parts.read(part).replace(b"<!--", b""):
                raise SheetUnreadable("not_a_table")


def _words(cell: Any, row: int, column: int) -> str:
    """Return a workbook's cell as a person reads it. Raises SheetUnreadable for a formula."""
    value = getattr(cell, "value", None)
    if getattr(cell, "data_type", "") == "f":
        raise SheetUnreadable("formula", row, column)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time(0) else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
