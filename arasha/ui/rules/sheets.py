"""Tables that people hand in: pasted from a spreadsheet, a CSV file or an Excel workbook. No database, no clock.

A workbook comes from outside: what it unpacks to is bounded before it is parsed, formulas are refused (their values
are whatever somebody's machine computed last), and nothing of it is ever executed or fetched.
"""

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final

import openpyxl
from django.views.decorators.debug import sensitive_variables
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.writer.excel import ExcelWriter

LARGEST: Final = 2 * 1024 * 1024
LARGEST_UNPACKED: Final = 30 * 1024 * 1024
MOST_PARTS: Final = 200
MOST_ROWS: Final = 5_000
MOST_COLUMNS: Final = 40
LONGEST_CELL: Final = 500
BROKEN: Final = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    OSError,
    TypeError,
    IndexError,
    AttributeError,
    SyntaxError,  # XML that is none
    RuntimeError,
    EOFError,
)
# With these a spreadsheet begins a formula; the wide ones count in East Asian settings.
# Source: OWASP, CSV Injection.
FORMULA_BEGINS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
NO_TIME: Final = datetime(1980, 1, 1)  # noqa: DTZ001 - archives know no zone
KINDS: Final = {"csv": "text/csv", "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}


class SheetUnreadable(ValueError):
    """What was handed in is no table that can be read; `code` says why, `row` and `column` (from 1) where, if known."""

    def __init__(self, code: str, row: int = 0, column: int = 0) -> None:
        super().__init__(code)
        self.code, self.row, self.column = code, row, column


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold; bytes, rows, columns, letters in a cell.

    `strict`: one cell that can't be taken refuses the file; else its row says so and the cell is empty.
    """

    largest: int = LARGEST
    unpacked: int = LARGEST_UNPACKED
    rows: int = MOST_ROWS
    columns: int = MOST_COLUMNS
    cell: int = LONGEST_CELL
    strict: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One row with its number as the person sees it; cells are trimmed words, `faults` are (column from 1, code)."""

    number: int
    cells: tuple[str, ...]
    faults: tuple[tuple[int, str], ...] = ()

    def cell(self, index: int) -> str:
        """Return a cell, "" where the row is shorter."""
        return self.cells[index] if 0 <= index < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was handed in: "csv" or "xlsx", the sheet's title, what stands between cells, the rows."""

    kind: str
    title: str
    delimiter: str
    rows: list[Row]


def read(content: bytes) -> list[Row]:
    """Return the rows that hold anything. Raises SheetUnreadable."""
    return read_sheet(content, Limits()).rows


@sensitive_variables()
def read_sheet(content: bytes, limits: Limits) -> Sheet:
    """Return a table with the rows that hold anything: of a workbook its first sheet. Raises SheetUnreadable."""
    if len(content) > limits.largest:
        raise SheetUnreadable("too_large")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetUnreadable("old_excel")
    if content.startswith(b"PK\x03\x04"):
        kind, delimiter = "xlsx", ""
        title, found = _workbook(content, limits)
    else:
        kind, title, text = "csv", "", _decoded(content)
        delimiter = _delimiter(text)
        found = list(_lines(text, delimiter))
    rows = [_checked(number, cells, limits) for number, cells in found]
    full = [row for row in rows if any(row.cells) or row.faults]
    if not full:
        raise SheetUnreadable("empty")
    return Sheet(kind, title, delimiter, full)


@sensitive_variables()
def _checked(number: int, cells: list[str], limits: Limits) -> Row:
    while cells and not cells[-1].strip():
        cells.pop()
    if cells and number > limits.rows:
        raise SheetUnreadable("too_many_rows", number)
    if len(cells) > limits.columns:
        raise SheetUnreadable("too_many_columns", number)
    faults = [(column, code) for column, cell in enumerate(cells, start=1) if (code := _wrong(cell, limits))]
    if faults and limits.strict:
        raise SheetUnreadable(faults[0][1], number, faults[0][0])
    for column, _code in faults:
        cells[column - 1] = ""
    return Row(number, tuple(" ".join(_plain(cell).split()) for cell in cells), tuple(faults))


def _wrong(cell: str, limits: Limits) -> str:
    """Return why a cell can't be taken, or nothing."""
    if len(cell) > limits.cell:
        return "cell_too_long"
    if cell.startswith("="):
        return "formula"
    if CONTROL.search(cell):
        return "letters"
    return ""


def _plain(cell: str) -> str:
    """Return a cell without the sign that `neutral` puts before what a spreadsheet would run."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA_BEGINS else cell


def neutral(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_BEGINS) else cell


def write(
    rows: Iterable[Sequence[str]], *, kind: str, title: str = "", delimiter: str = ";", more: Sequence[Any] = ()
) -> bytes:
    """Return rows as a file of a kind of `KINDS`, its cells neutral; `more` are (title, rows) of a workbook's others.

    CSV is UTF-8 with a mark, as Excel needs it.
    """
    if kind == "csv":
        out = io.StringIO(newline="")
        lines = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
        lines.writerows([neutral(cell) for cell in row] for row in rows)
        return out.getvalue().encode("utf-8-sig", "replace")
    book = openpyxl.Workbook(write_only=True)
    for name, lines_of in ((title, rows), *more):
        sheet = book.create_sheet(name or None)
        for row in lines_of:
            sheet.append([ILLEGAL_CHARACTERS_RE.sub("", neutral(cell)) for cell in row])
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    """Return a workbook as a file without any hour: the same book is the same file, whenever it is asked for."""
    book.properties.created = book.properties.modified = NO_TIME
    timed, out = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(timed, "w") as archive:
        ExcelWriter(book, archive).write_data()
    with zipfile.ZipFile(timed) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in given.namelist():
            part = zipfile.ZipInfo(name, NO_TIME.timetuple()[:6])
            kept.writestr(part, given.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _decoded(content: bytes) -> str:
    """Decode; what is not UTF-8 is the Kazakh Windows page, which agrees with windows-1251 on all Russian letters."""
    codecs = ["utf-16"] if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "kz1048"]
    for codec in codecs:
        try:
            return content.decode(codec)
        except UnicodeDecodeError:
            continue
    raise SheetUnreadable("letters")


def _delimiter(text: str) -> str:
    head = text[:4096]
    return max("\t;,", key=head.count)


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        yield from enumerate(reader, start=1)
    except csv.Error:
        raise SheetUnreadable("not_a_table") from None


def _workbook(content: bytes, limits: Limits) -> tuple[str, list[tuple[int, list[str]]]]:
    """Return the title of the first sheet and its rows."""
    try:
        _bounded(content, limits)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a workbook without a default style is readable all the same
            book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
        try:
            sheet = book.worksheets[0]
            rows = sheet.iter_rows(max_row=limits.rows + 1, max_col=limits.columns + 1)
            return sheet.title, [(number, [_words(cell) for cell in cells]) for number, cells in enumerate(rows, 1)]
        finally:
            book.close()
    except SheetUnreadable:
        raise
    except BROKEN:
        raise SheetUnreadable("not_a_table") from None


def _bounded(content: bytes, limits: Limits) -> None:
    """Refuse a workbook that would unpack to too much, or whose XML declares entities."""
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        members = parts.infolist()
        # zipfile itself never unpacks more of a part than the size that it declares
        if len(members) > MOST_PARTS or sum(part.file_size for part in members) > limits.unpacked:
            raise SheetUnreadable("too_large")
        for part in members:
            if part.filename.endswith((".xml", ".rels")) and b"<!" in parts.read(part).replace(b"<!--", b""):
                raise SheetUnreadable("not_a_table")


def _words(cell: Any) -> str:
    """Return a workbook's cell as a person reads it; of a formula its sign alone."""
    value = getattr(cell, "value", None)
    if value is None or getattr(cell, "data_type", "") == "f":
        return "" if value is None else "="
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}" if value.time() == time(0) else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
