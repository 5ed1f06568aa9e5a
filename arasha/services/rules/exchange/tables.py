"""The flat table as it is handed in, given out and given back. No database, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.views.decorators.debug import sensitive_variables

from arasha.services.rules import lists
from arasha.services.rules.exchange.cells import Places, folded
from arasha.services.rules.exchange.rows import HIDDEN, NEEDED, Entry, is_hidden, knows_kind, read
from arasha.services.rules.package import FILE, Service, read_package
from arasha.ui.rules import LANGUAGES, sheets
from arasha.ui.rules.sheets import Limits, Row, Sheet, SheetUnreadable

LIMITS: Final = Limits(
    largest=10 * 1024 * 1024,
    unpacked=80 * 1024 * 1024,
    rows=30_001,
    columns=80,
    cell=2_000,
    strict=False,
)
# Of a row whose kind nobody knows only this is kept: a cell that slipped into another column may say where a refuge is.
KEYS: Final = frozenset({"provider_key", "site_key", "offering_key"})


@dataclass(frozen=True)
class Understood:
    """A row as it is kept until it is loaded: cells by field, faults as (column from 1, code)."""

    number: int
    hidden: bool
    cells: dict[str, str]
    faults: list[tuple[int, str]]


@dataclass(frozen=True)
class Table:
    """A table that was handed in, with what each column holds."""

    sheet: Sheet
    headings: list[str]
    fields: list[str]
    rows: list[Understood]


def is_note(code: str) -> bool:
    """Say whether a fault is only a word of doubt: the row is taken."""
    return lists.TABLE_FAULTS[code].more["about"] == "note"


@sensitive_variables()
def understood(content: bytes, *, places: Places, services: Mapping[str, Service], place: str) -> Table:
    """Return a table with each of its rows read and compared with those above it. Raises SheetUnreadable."""
    sheet = sheets.read_sheet(content, LIMITS)
    head, rows = sheet.rows[0], sheet.rows[1:]
    fields = _fields(head)
    if not rows:
        raise SheetUnreadable("empty")
    seen: dict[tuple[str, ...], Any] = {}
    found = []
    for row in rows:
        said = {name: row.cell(column) for column, name in enumerate(fields) if name}
        entry, faults = read(said, places=places, services=services, place=place)
        if entry is not None:
            faults = _above(entry, seen)
        found.append(_kept(row, said, faults, fields))
    return Table(sheet, list(head.cells), fields, found)


def _fields(head: Row) -> list[str]:
    known = {folded(word): one.code for one in lists.COLUMNS for word in (one.code, *map(one.label, LANGUAGES))}
    fields = [known.get(folded(cell), "") for cell in head.cells]
    if not any(fields):
        raise SheetUnreadable("no_columns", head.number)
    for column, name in enumerate(fields, start=1):
        if name and name in fields[: column - 1]:
            raise SheetUnreadable("column_twice", head.number, column)
    if set(NEEDED) - set(fields):
        raise SheetUnreadable("column_missing", head.number)
    return fields


@sensitive_variables()
def _above(entry: Entry, seen: dict[tuple[str, ...], Any]) -> list[tuple[str, str]]:
    """Return where a row says otherwise than one above it, and note what it says."""
    faults = []
    if (entry.site_key, entry.offering_key) in seen:
        faults.append(("offering_key", "key_twice"))
    for name, key, said in (
        ("provider_key", entry.provider_key, (entry.provider,)),
        ("site_key", entry.site_key, (entry.provider_key, entry.site)),
    ):
        if seen.setdefault((name, key, ""), said) != said:
            faults.append((name, "differs_above"))
    if not faults:
        seen[entry.site_key, entry.offering_key] = True
    return faults


@sensitive_variables()
def _kept(row: Row, said: Mapping[str, str], faults: list[tuple[str, str]], fields: Sequence[str]) -> Understood:
    """Return a row without what must not be kept: of a refuge neither where nor who, nor a cell that can't be read."""
    width = len(fields)
    placed = [*row.faults, *((_column(name, fields), code) for name, code in faults)]
    too_wide = len(row.cells) > width
    placed += [(0, "more_cells")] if too_wide else []
    hidden = is_hidden(said) or too_wide
    kept = {name: text for name, text in said.items() if text}
    if hidden:
        wrong = {name for name, _code in faults}
        known = knows_kind(said) and not too_wide
        kept = {name: text for name, text in kept.items() if name not in HIDDEN and (name in KEYS or known)}
        kept = {name: text for name, text in kept.items() if name not in wrong}
    elif placed:
        kept |= {f"#{column}": row.cell(column) for column, name in enumerate(fields) if not name and row.cell(column)}
    return Understood(row.number, hidden, kept, list(dict.fromkeys(placed)))


def _column(name: str, fields: Sequence[str]) -> int:
    return fields.index(name) + 1 if name in fields else 0


def given_back(
    headings: Sequence[str], fields: Sequence[str], rows: Sequence[Understood], words: tuple[str, str], language: str
) -> list[list[str]]:
    """Return rejected rows as they came, with two columns that say where and what is wrong."""
    lines = [[*headings, *words]]
    for row in rows:
        cells = [row.cells.get(name or f"#{column}", "") for column, name in enumerate(fields)]
        where = "; ".join(dict.fromkeys(headings[column - 1] for column, _code in row.faults if column))
        what = "; ".join(dict.fromkeys(lists.TABLE_FAULTS[code].label(language) for _column, code in row.faults))
        lines.append([*cells, where, what])
    return lines


def headings(language: str) -> list[str]:
    """Return the headings of all columns in a language."""
    return [column.label(language) for column in lists.COLUMNS]


def template(language: str) -> bytes:
    """Return an empty workbook with its headings, and a second sheet with every code list in words."""
    codes: list[list[str]] = []
    for column in lists.COLUMNS:
        name = column.more["codes"]
        if name == "PACKAGE":
            rows = [(row.code, [row.names[each] for each in LANGUAGES]) for row in read_package(FILE)]
        else:
            listed = getattr(lists, name) if name else []
            rows = [(row.code, [row.label(each) for each in LANGUAGES]) for row in listed]
        codes += [[column.label(language), code, *labels] for code, labels in rows]
    return sheets.write([headings(language)], kind="xlsx", title="directory", more=[("codes", codes)])
