"""Reading an Excel workbook that comes from outside.

What it unpacks to is bounded before it is parsed, XML with declarations of its own is refused, and nothing of it is
run, computed or fetched: a formula is a fault, macros and links are never opened.
"""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any, Final

import openpyxl

from arasha.questionnaires.rules.books.book import SHEETS, Fault, Reading, Unreadable
from arasha.questionnaires.rules.books.cells import head_of
from arasha.questionnaires.rules.books.tables import MOST_COLUMNS, MOST_ROWS, Cells, assemble, sheet_name

LARGEST_UNPACKED: Final = 12 * 1024 * 1024
MOST_PARTS: Final = 200
BROKEN: Final = (zipfile.BadZipFile, KeyError, ValueError, OSError, TypeError, IndexError, AttributeError, EOFError)


def read_excel(content: bytes) -> Reading:
    """Return what a workbook says. Raises Unreadable."""
    try:
        _bounded(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a workbook without a default style is readable all the same
            book = openpyxl.load_workbook(io.BytesIO(content), keep_links=False)
        found: list[Fault] = []
        tables = [(sheet.title, list(_rows(sheet, found))) for sheet in book.worksheets]
    except Unreadable:
        raise
    except BROKEN:
        raise Unreadable("not_a_table") from None
    return assemble(tables, found)


def _bounded(content: bytes) -> None:
    """Refuse a workbook that would unpack to too much, or whose XML declares entities."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        members = parts.infolist()
        # zipfile itself never unpacks more of a part than the size that it declares
        if len(members) > MOST_PARTS or sum(part.file_size for part in members) > LARGEST_UNPACKED:
            raise Unreadable("too_large")
        for part in members:
            if part.filename.endswith((".xml", ".rels", ".vml")) and _declares(parts.read(part)):
                raise Unreadable("not_a_table")


def _declares(xml: bytes) -> bool:
    # UTF-16 would hide the declaration from a search for its letters; no spreadsheet writes it.
    return b"\x00" in xml[:200] or b"<!" in xml.replace(b"<!--", b"").replace(b"<![CDATA[", b"")


def _rows(sheet: Any, found: list[Fault]) -> Iterator[tuple[int, Cells]]:
    name = sheet_name(sheet.title)
    if name not in SHEETS:
        return
    if sheet.sheet_state != "visible":
        found.append(Fault("hidden_sheet", name))
    if sheet.max_row > MOST_ROWS * 3:
        raise Unreadable("too_many_rows")
    heads: list[str] = []
    for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), start=1):
        words = [_words(cell) for cell in cells]
        while words and not words[-1].strip():
            words.pop()
        if words and not heads:
            heads = [head_of(word) for word in words]
        if words and sheet.row_dimensions[number].hidden:
            found.append(Fault("hidden_row", name, number))
        for cell in cells:
            if cell.data_type == "f":
                head = heads[cell.column - 1] if cell.column <= len(heads) else ""
                found.append(Fault("formula", name, number, head))
        yield number, words
    for merged in sheet.merged_cells.ranges:
        head = heads[merged.min_col - 1] if merged.min_col <= len(heads) else ""
        found.append(Fault("merged", name, merged.min_row, head, {"cells": merged.coord}))


def _words(cell: Any) -> str:
    """Return a cell as a person reads it; a formula as nothing, because what it said last is anybody's guess."""
    value = cell.value
    if value is None or cell.data_type == "f":
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | time):
        return _moment(value)
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _moment(value: date | time) -> str:
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, datetime) and value.time() != time(0):
        return f"{value:%Y-%m-%dT%H:%M}"
    return f"{value:%Y-%m-%d}"
