"""Rejected rows, given back as they came: the same format, encoding and delimiter, and two columns that say why.

The file can be mended and loaded again: what stands above the rows, and the headings, stay in place, and reading knows
the two columns as ours. A cell that a spreadsheet would run is put behind an apostrophe, which `words_in` takes away.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, BinaryIO, Final

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from arasha.people.rules.imports.faults import RowFault, words_for
from arasha.people.rules.imports.table import Table, trimmed
from arasha.ui.rules.sheets import neutral, saved

# How Kazakh is written where an encoding lacks its letters.
WITHOUT_KAZAKH: Final = str.maketrans("әғқңөұүһіӘҒҚҢӨҰҮҺІ", "агкноуухиАГКНОУУХИ")


@dataclass(frozen=True, slots=True)
class _Line:
    """A row to be written: its cells as they came, and ours beside them; only a rejected row is counted."""

    values: tuple[Any, ...]
    ours: tuple[str, ...] = ()
    rejected: bool = False


def write_rejected(table: Table, faults: Mapping[int, Sequence[RowFault]], out: BinaryIO, language: str) -> int:
    """Write the rows that have faults, by row number, in `kk`, `ru` or `en`; returns how many there were.

    The table's stream is read twice more: our columns stand to the right of the longest row that goes back. `out` stays
    open. Raises Unreadable where the file can't be read on.
    """
    rejected = (row for row in table.rows() if row.number in faults)
    width = max((len(row.values) for row in rejected), default=0)
    lines = _lines(table, faults, language, max(width, table.width))
    return _workbook(table, lines, out) if table.kind == "xlsx" else _delimited(table, lines, out)


def _lines(table: Table, faults: Mapping[int, Sequence[RowFault]], language: str, width: int) -> Iterator[_Line]:
    for raw in takewhile(lambda raw: raw.number <= table.heading_row, table.walk()):
        if raw.number < table.heading_row:
            yield _Line(trimmed(raw.values))
    if table.heading_row:
        heads = (words_for("heading_where", language), words_for("heading_what", language))
        yield _Line(_filled(table.headings, width), heads)
    for row in table.rows():
        if row.number in faults:
            yield _Line(_filled(row.values, width), _told(table, faults[row.number], language), rejected=True)


def _filled(values: tuple[Any, ...], width: int) -> tuple[Any, ...]:
    return values + ("",) * (width - len(values))


def _told(table: Table, faults: Sequence[RowFault], language: str) -> tuple[str, str]:
    where = dict.fromkeys(_column_words(table, fault.column, language) for fault in faults)
    return "; ".join(where), "; ".join(dict.fromkeys(words_for(fault.code, language) for fault in faults))


def _column_words(table: Table, column: int, language: str) -> str:
    if column == 0:
        return words_for("whole_row", language)
    heading = table.headings[column - 1] if column <= len(table.headings) else ""
    return heading or words_for("column_number", language).format(column)


def _delimited(table: Table, lines: Iterator[_Line], out: BinaryIO) -> int:
    out.write(table.mark)
    errors = "strict" if table.encoding.startswith("utf-16") else "surrogateescape"
    text = io.TextIOWrapper(out, encoding=table.encoding, errors=errors, newline="", write_through=True)
    writer = csv.writer(text, delimiter=table.delimiter, lineterminator="\r\n")
    count = 0
    try:
        for line in lines:
            ours = [neutral(_fitting(words, table.encoding)) for words in line.ours]
            writer.writerow([*map(neutral, line.values), *ours])
            count += line.rejected
    finally:
        text.detach()
    return count


def _fitting(words: str, encoding: str) -> str:
    """Return our words in letters that the encoding has; the register's own cells are never changed so."""
    try:
        words.encode(encoding, "surrogateescape")
    except UnicodeEncodeError:
        return words.translate(WITHOUT_KAZAKH).encode(encoding, "replace").decode(encoding)
    return words


def _workbook(table: Table, lines: Iterator[_Line], out: BinaryIO) -> int:
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(table.sheet)
    count = 0
    for line in lines:
        sheet.append([_storable(neutral(value)) for value in (*line.values, *line.ours)])
        count += line.rejected
    out.write(saved(book))
    return count


def _storable(value: Any) -> Any:
    """Return a value that a workbook can hold: signs that XML forbids stand as Excel writes them, `_x0000_`."""
    if isinstance(value, str):
        return ILLEGAL_CHARACTERS_RE.sub(lambda found: f"_x{ord(found.group()):04X}_", value)
    return value
