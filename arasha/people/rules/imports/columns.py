"""Which column of a register holds what: by its heading, else by its cells. What is found can be saved with the source.

The next register of the same source need not have its columns in the same order: `placed` finds them by heading.
"""

import re
from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Final

from arasha.people.rules.iin import IinInvalid, read_iin
from arasha.people.rules.imports.dates import DateFault, Order, StyleFound, find_style, read_birth
from arasha.people.rules.imports.faults import Unreadable
from arasha.people.rules.imports.fullname import name_parts
from arasha.people.rules.imports.headings import SHARED_WITH_FAMILY, Field, field_of, folded, names_another
from arasha.people.rules.imports.table import MOST_COLUMNS, Row, Table
from arasha.people.rules.imports.values import nothing_said, phone_of, sex_of

NAMES: Final = (Field.SURNAME, Field.GIVEN, Field.PATRONYMIC, Field.FULL_NAME)
# What share of a column's cells must be of a kind for the column to count as that kind.
SHARE: Final = 0.8
FEWEST: Final = 3
SHORTEST_DATE: Final = 8
VERSION: Final = 1
NAME_WORDS: Final = re.compile(r"[^\W\d_]+(?:[- ][^\W\d_]+){1,4}\.?")


@dataclass(frozen=True)
class Mapping:
    """Which column (from 0) is which field, in a table with these headings; `order` is that of its birth dates."""

    columns: Dictionary[int, Field]
    headings: tuple[str, ...] = ()
    order: Order | None = None

    @cached_property
    def places(self) -> dict[Field, int]:
        """Return the column of each field."""
        return {named: column for column, named in self.columns.items()}

    def to_json(self) -> dict[str, Any]:
        """Return the mapping as it is saved with its source."""
        columns = [{"column": column, "field": named.value} for column, named in sorted(self.columns.items())]
        order = self.order.value if self.order else None
        return {"version": VERSION, "columns": columns, "headings": list(self.headings), "order": order}

    @classmethod
    def from_json(cls, saved: Dictionary[str, Any]) -> "Mapping":
        """Return a saved mapping. Raises Unreadable("mapping_broken")."""
        try:
            if saved["version"] != VERSION:
                raise ValueError
            columns = {int(each["column"]): Field(each["field"]) for each in saved["columns"]}
            headings = tuple(str(each) for each in saved["headings"])
            if any(not 0 <= column < MOST_COLUMNS for column in columns) or len(columns) != len(saved["columns"]):
                raise ValueError
            return cls(columns, headings, Order(saved["order"]) if saved["order"] else None)
        except (KeyError, TypeError, ValueError):
            raise Unreadable("mapping_broken") from None


@dataclass(frozen=True, slots=True)
class MappingFault:
    """Why a mapping doesn't fit a table: a code, the column from 1 (0: the table as a whole), and whether it stops."""

    code: str
    column: int = 0
    stops: bool = True


@dataclass(frozen=True)
class Recognised:
    """A first guess at a mapping, for a person to confirm: `by_cells` are columns known by what stands in them."""

    mapping: Mapping
    by_cells: frozenset[int] = frozenset()
    style: StyleFound = field(default_factory=lambda: StyleFound(None, 0, 0, 0, 0))


def recognise(table: Table, today: date, sample: Sequence[Row] | None = None) -> Recognised:
    """Return what the columns of a table seem to hold; `sample` are its first rows, if they have been read already."""
    rows = table.sample() if sample is None else sample
    columns: dict[int, Field] = {}
    for column, heading in enumerate(table.headings):
        named = field_of(heading)
        if named is not None and named not in columns.values():
            columns[column] = named
    if Field.FULL_NAME in columns.values() and {Field.SURNAME, Field.GIVEN} <= set(columns.values()):
        columns = {column: named for column, named in columns.items() if named is not Field.FULL_NAME}
    by_cells = _by_cells(table, rows, columns, today)
    columns |= by_cells
    mapping = Mapping(columns, table.headings)
    style = style_of(mapping, rows)
    chosen = None if style.mixed else style.order
    return Recognised(replace(mapping, order=chosen), frozenset(by_cells), style)


def style_of(mapping: Mapping, rows: Sequence[Row]) -> StyleFound:
    """Return what the cells of the birth date's column say of their order."""
    dates, numbers = mapping.places.get(Field.BIRTH_DATE), mapping.places.get(Field.IIN)
    if dates is None:
        return StyleFound(None, 0, 0, 0, 0)
    beside = (row.cell(numbers) for row in rows) if numbers is not None else ()
    return find_style((row.cell(dates) for row in rows), beside)


def mapping_fits(mapping: Mapping, table: Table, sample: Sequence[Row] | None = None) -> list[MappingFault]:
    """Return everything for which a mapping doesn't fit a table; [] where rows can be read with it."""
    faults: list[MappingFault] = []
    seen: set[Field] = set()
    for column, named in sorted(mapping.columns.items()):
        if column >= table.width:
            faults.append(MappingFault("column_missing", column + 1))
        elif _heading(mapping.headings, column) != _heading(table.headings, column):
            faults.append(MappingFault("heading_differs", column + 1))
        if named in seen:
            faults.append(MappingFault("field_twice", column + 1))
        seen.add(named)
    if not seen & {*NAMES, Field.IIN}:
        faults.append(MappingFault("nobody_named"))
    known = {folded(heading) for heading in mapping.headings}
    for column, heading in enumerate(table.headings):
        if folded(heading) not in known and field_of(heading):
            faults.append(MappingFault("heading_new", column + 1, stops=False))
    return faults + _order_faults(mapping, table.sample() if sample is None else sample)


def placed(mapping: Mapping, table: Table) -> Mapping:
    """Return a saved mapping with its columns where this table has them; unchanged where the headings don't say it."""
    here: dict[str, list[int]] = {}
    for column, heading in enumerate(table.headings):
        here.setdefault(folded(heading), []).append(column)
    moved: dict[int, Field] = {}
    for column, named in mapping.columns.items():
        found = here.get(_heading(mapping.headings, column), [])
        if len(found) != 1 or not _heading(mapping.headings, column):
            return mapping
        moved[found[0]] = named
    return Mapping(moved, table.headings, mapping.order)


def _heading(headings: Sequence[str], column: int) -> str:
    return folded(headings[column]) if column < len(headings) else ""


def _order_faults(mapping: Mapping, rows: Sequence[Row]) -> list[MappingFault]:
    if mapping.order is not None or Field.BIRTH_DATE not in mapping.places:
        return []
    style, column = style_of(mapping, rows), mapping.places[Field.BIRTH_DATE] + 1
    if style.mixed:
        return [MappingFault("date_orders_mixed", column)]
    return [MappingFault("date_order_needed", column)] if style.needed else []


def _by_cells(table: Table, rows: Sequence[Row], named: dict[int, Field], today: date) -> dict[int, Field]:
    """Return the columns that are known by their cells alone; a column whose heading is another person's is none."""
    found: dict[int, Field] = {}
    for column in range(table.width):
        heading = table.headings[column] if column < len(table.headings) else ""
        if column in named:
            continue
        cells = [cell for row in rows if not nothing_said(cell := row.cell(column))]
        kind = _kind(cells, today)
        another = names_another(heading) and kind not in SHARED_WITH_FAMILY
        taken = {*named.values(), *found.values()}
        if kind is None or another or kind in taken or (kind is Field.FULL_NAME and taken & {*NAMES}):
            continue
        found[column] = kind
    return found


def _kind(cells: Sequence[str], today: date) -> Field | None:
    if len(cells) < FEWEST:
        return None
    tests = {
        Field.IIN: _is_iin,
        Field.SEX: lambda cell: bool(sex_of(cell)),
        Field.BIRTH_DATE: lambda cell: _is_date(cell, today),
        Field.PHONE: lambda cell: bool(phone_of(cell)),
        Field.FULL_NAME: _is_full_name,
    }
    needed = SHARE * len(cells)
    return next((kind for kind, test in tests.items() if sum(map(test, cells)) >= needed), None)


def _is_iin(cell: str) -> bool:
    try:
        return bool(read_iin(cell))
    except IinInvalid:
        return False


def _is_date(cell: str, today: date) -> bool:
    if len(cell) < SHORTEST_DATE:
        return False
    try:
        return read_birth(cell, Order.DAY_FIRST, today).last.year > 0
    except DateFault as fault:
        return fault.code == "date_impossible"  # the month may come first


def _is_full_name(cell: str) -> bool:
    return bool(NAME_WORDS.fullmatch(cell)) and bool(name_parts(cell).patronymic)
