"""Excel workbooks, row by row: formulas as their values, dates as dates, and nothing of it executed or fetched."""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO, Final
from xml.parsers import expat

import openpyxl

from arasha.people.rules.imports.faults import Unreadable
from arasha.people.rules.imports.table import MOST_COLUMNS, Raw, trimmed
from arasha.people.rules.imports.workbook_parts import Walked, walked

BROKEN: Final = (
    zipfile.BadZipFile,
    expat.ExpatError,
    LookupError,
    ValueError,
    OSError,
    TypeError,
    AttributeError,
    SyntaxError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ArithmeticError,
    AssertionError,
    zipfile.zlib.error,  # type: ignore[attr-defined]
)
# Rows in which a sheet has to begin for it to count as filled.
TRIED: Final = 200
BLOCK: Final = 500


@dataclass(frozen=True)
class Sheet:
    """The sheet that was chosen, in its open workbook, and the titles of the other sheets that hold anything.

    The workbook stays open with it: its strings take seconds to load.
    """

    rows: Any
    others: tuple[str, ...]
    walked: Walked


def find_sheet(stream: BinaryIO, wanted: str) -> Sheet:
    """Return the sheet of a title, or the first visible one that holds anything. Raises Unreadable."""
    with _named_errors():
        stream.seek(0)
        with zipfile.ZipFile(stream) as book:
            parts = walked(book)
        stream.seek(0)
        workbook = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        filled = [sheet for sheet in workbook.worksheets if _holds_anything(sheet)]
        seen = [sheet for sheet in filled if sheet.sheet_state == "visible"] or filled
        if not filled:
            raise Unreadable("empty")
        chosen = seen[0] if not wanted else next((sheet for sheet in filled if sheet.title == wanted), None)
        if chosen is None:
            raise Unreadable("no_sheet")
        others = tuple(sheet.title for sheet in filled if sheet is not chosen)
        # the part's name stands nowhere else in openpyxl
        return Sheet(chosen, others, parts.get(chosen._worksheet_path, Walked()))


def walk(sheet: Sheet) -> Iterator[Raw]:
    """Give every row of a sheet, empty ones too, with its number. Raises Unreadable."""
    numbered = enumerate(sheet.rows.iter_rows(), start=1)
    while True:
        with _named_errors():  # not held while the reader of this generator is at work: it is the process's own
            block = list(islice(numbered, BLOCK))
        if not block:
            return
        for number, cells in block:
            yield _raw(number, cells, sheet.walked)


def _raw(number: int, cells: tuple[Any, ...], found: Walked) -> Raw:
    values = tuple(cell.value for cell in cells)
    if len(values) > MOST_COLUMNS and len(trimmed(values)) > MOST_COLUMNS:
        raise Unreadable("too_many_columns", number)
    return Raw(number, values, _faults(number, cells, found))


def _faults(number: int, cells: tuple[Any, ...], found: Walked) -> tuple[tuple[int, str], ...]:
    errors = [(place, "cell_error") for place, cell in enumerate(cells, start=1) if cell.data_type == "e"]
    missing = [(place, "formula_without_value") for place in found.uncomputed.get(number, ())]
    return (*errors, *missing)


def _holds_anything(sheet: Any) -> bool:
    sheet.reset_dimensions()
    return any(value is not None for row in islice(sheet.iter_rows(values_only=True), TRIED) for value in row)


@contextmanager
def _named_errors() -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that openpyxl drops are no part of a register
            yield
    except Unreadable:
        raise
    except BROKEN:
        raise Unreadable("not_a_table") from None
