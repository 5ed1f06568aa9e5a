"""From plain cells to sheets: heads, rows, limits, and where somebody's spreadsheet can't be meant as it stands."""

import difflib
from collections.abc import Iterable, Sequence
from typing import Final

from arasha.questionnaires.rules.books.book import SHEETS, Book, Fault, Reading, Row, Sheet, Unreadable
from arasha.questionnaires.rules.books.cells import clean, code_of, head_of

MOST_ROWS: Final = 3_000
MOST_COLUMNS: Final = 60
LONGEST_CELL: Final = 5_000
NOT_FORMS: Final = frozenset({"help", "faults", "анықтама", "справка"})
Cells = Sequence[str]


def sheet_name(name: str) -> str:
    """Return a sheet's name as forms write it."""
    return code_of(name).casefold()


def assemble(tables: Iterable[tuple[str, Iterable[tuple[int, Cells]]]], found: Iterable[Fault] = ()) -> Reading:
    """Return the book that these tables (name, then numbered rows) are; the first row that is not empty has the heads.

    Raises:
        Unreadable: `too_many_rows`, `no_sheets`.
    """
    faults, sheets = list(found), {}
    for given, rows in tables:
        name = sheet_name(given)
        if name not in SHEETS:
            faults += _foreign(given, name)
        elif name in sheets:
            faults.append(Fault("sheet_twice", name))
        else:
            sheets[name], wrong = _sheet(name, rows)
            faults += wrong
    if not sheets:
        raise Unreadable("no_sheets")
    return Reading(Book(sheets), tuple(faults))


def _foreign(given: str, name: str) -> list[Fault]:
    meant = difflib.get_close_matches(name, SHEETS, n=1, cutoff=0.75)
    if meant:
        return [Fault("sheet_name", given, values={"meant": meant[0]})]
    return [] if name in NOT_FORMS else [Fault("other_sheet", given)]


def _sheet(name: str, rows: Iterable[tuple[int, Cells]]) -> tuple[Sheet, list[Fault]]:
    faults: list[Fault] = []
    heads: tuple[str, ...] = ()
    kept: list[Row] = []
    for number, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if not heads:
            heads = tuple(head_of(cell) for cell in cells)
            faults += _heads(name, heads, number)
            continue
        kept.append(_row(name, heads, number, cells, faults))
        if len(kept) > MOST_ROWS:
            raise Unreadable("too_many_rows")
    return Sheet(name, heads, tuple(row for row in kept if row.cells)), faults


def _heads(name: str, heads: tuple[str, ...], number: int) -> list[Fault]:
    if len(heads) > MOST_COLUMNS:
        raise Unreadable("too_many_columns")
    twice = {head for head in heads if head and heads.count(head) > 1}
    return [Fault("column_twice", name, number, head) for head in sorted(twice)]


def _row(name: str, heads: tuple[str, ...], number: int, cells: Cells, faults: list[Fault]) -> Row:
    filled: dict[str, str] = {}
    for place, cell in enumerate(cells):
        head = heads[place] if place < len(heads) else ""
        word = clean(head, cell)
        if not word:
            continue
        if not head:
            faults.append(Fault("cell_outside", name, number, values={"cell": word[:40]}))
        elif len(word) > LONGEST_CELL:
            faults.append(Fault("cell_too_long", name, number, head, {"most": str(LONGEST_CELL)}))
        elif any(ord(letter) < 32 and letter != "\n" for letter in word) or "\ufffd" in word:
            faults.append(Fault("letters", name, number, head))
        else:
            filled[head] = word
    return Row(number, filled)
