"""Writing a form's source: as Markdown, and as an Excel workbook with the faulty cells marked."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from arasha.questionnaires.rules.books.book import Book, Fault, Sheet
from arasha.ui.rules.sheets import saved

WIDTHS: Final = {"type": 24, "name": 22, "list_name": 18}
WIDE, NARROW = 38, 14
HEAD: Final = PatternFill("solid", fgColor="FFE3EEEC")
FAULTY: Final = PatternFill("solid", fgColor="FFF8DDD2")
# The first moment that a ZIP archive can bear.
Said = Sequence[tuple[Fault, str]]


def markdown(book: Book) -> str:
    """Return the book as Markdown tables; reading it gives the same cells."""
    return "\n".join(_table(sheet) for sheet in book)


def _table(sheet: Sheet) -> str:
    lines = [f"| {sheet.name} |", _line(sheet.heads)]
    lines += [_line([row.get(head) for head in sheet.heads]) for row in sheet.rows]
    return "\n".join(lines) + "\n"


def _line(cells: Sequence[str]) -> str:
    return "| " + "".join(f"| {cell.replace('|', chr(92) + '|').replace(chr(10), '<br>')} " for cell in cells) + "|"


def excel(book: Book, *, said: Said = (), extra: Mapping[str, Sequence[Sequence[str]]] | None = None) -> bytes:
    """Return the book as an Excel workbook, each fault as a comment at its cell.

    `said` holds faults with their sentences; `extra` further sheets by title, as rows of texts. Every cell is written
    as a text: none of it is ever a formula, whatever it begins with.
    """
    made = Workbook()
    made.remove(made.active)
    for title, rows in (extra or {}).items():
        _extra(made.create_sheet(title), rows)
    for sheet in book:
        page = made.create_sheet(sheet.name)
        _fill(page, sheet)
        _comment(page, sheet, [(fault, words) for fault, words in said if fault.sheet == sheet.name])
    return saved(made)


def _put(page: Any, row: int, column: int, text: str) -> Any:
    cell = page.cell(row=row, column=column)
    cell.value = text or None
    if text:
        cell.data_type = "s"
        cell.quotePrefix = text[0] in "=+-@"
    cell.number_format = "@"
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    return cell


def _fill(page: Any, sheet: Sheet) -> None:
    for place, head in enumerate(sheet.heads, start=1):
        cell = _put(page, 1, place, head)
        cell.font, cell.fill = Font(bold=True), HEAD
        wide = NARROW if "::" not in head and "(" not in head else WIDE
        page.column_dimensions[get_column_letter(place)].width = WIDTHS.get(head, wide)
    for row in sheet.rows:
        for place, head in enumerate(sheet.heads, start=1):
            _put(page, row.number, place, row.get(head))
    page.freeze_panes = "A2"


def _comment(page: Any, sheet: Sheet, said: Said) -> None:
    marked: dict[tuple[int, int], list[str]] = {}
    for fault, words in said:
        column = sheet.heads.index(fault.column) + 1 if fault.column in sheet.heads else 1
        marked.setdefault((fault.row or 1, column), []).append(words)
    for (row, column), sentences in marked.items():
        cell = page.cell(row=row, column=column)
        cell.comment = Comment("\n\n".join(sentences), "Arasha", height=160, width=360)
        cell.fill = FAULTY


def _extra(page: Any, rows: Sequence[Sequence[str]]) -> None:
    for number, cells in enumerate(rows, start=1):
        for place, text in enumerate(cells, start=1):
            cell = _put(page, number, place, text)
            if number == 1:
                cell.font, cell.fill = Font(bold=True), HEAD
    for place in range(1, len(rows[0]) + 1 if rows else 1):
        page.column_dimensions[get_column_letter(place)].width = WIDE
    page.freeze_panes = "A2"
