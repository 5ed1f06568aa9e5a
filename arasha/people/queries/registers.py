"""Registers of other bodies as the unit that loads them reads them."""

import io
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from arasha.kernel.access.rules import Actor
from arasha.kernel.vault.queries import file_name, open_file
from arasha.people import policy
from arasha.people.models import Load, LoadFault, RegisterSource
from arasha.people.rules import imports
from arasha.people.rules.imports import Mapping, MappingFault, RowFault, Severity, Table, Unreadable

SAMPLE = 200
SHOWN_CELLS = 3


@dataclass(frozen=True, slots=True)
class ColumnFound:
    """A column of a file: its heading, what it is taken for ("" for nothing), and its first cells."""

    number: int
    heading: str
    field: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Looked:
    """A file as it is shown before it is loaded: its columns, what is wrong with the mapping, and whether dates ask."""

    table: Table
    mapping: Mapping
    columns: list[ColumnFound]
    faults: list[MappingFault]
    order_asked: bool


def registers(actor: Actor) -> list[RegisterSource]:
    """Return the registers of the actor's unit, the newest first."""
    return list(policy.registers_of(actor).order_by("-recorded_at", "id"))


def register(actor: Actor, source: UUID) -> RegisterSource | None:
    """Return one register of the actor's unit, or None."""
    return policy.registers_of(actor).filter(pk=source).first()


def loads(source: RegisterSource, most: int = 50) -> list[Load]:
    """Return the newest loads of a register; the calls of other systems among them."""
    return list(Load.objects.filter(source=source).order_by("-recorded_at", "-turn", "id")[:most])


def load(actor: Actor, source: UUID, load: UUID) -> Load | None:
    """Return one load of a register of the actor's unit, or None."""
    rows = policy.loads_of(actor).select_related("source", "file")
    return rows.filter(pk=load, source=source).first()


def table_of(load: Load) -> Table:
    """Return the table in a load's file, opened in memory alone. Raises Unreadable, and what the vault does."""
    if load.file is None:
        raise Unreadable("empty")
    stream = io.BytesIO(b"".join(open_file(load.file)))
    return imports.open_table(stream, name="", encoding=load.encoding, sheet=load.sheet)


def name_of(load: Load) -> str:
    """Return the name of a load's file, "" for a call of another system."""
    return file_name(load.file) if load.file is not None else ""


def looked(load: Load) -> Looked:
    """Return a file as it is shown before it is loaded. Raises Unreadable."""
    table = table_of(load)
    sample = table.sample(SAMPLE)
    mapping = Mapping.from_json(load.mapping or {})
    columns = []
    for place in range(table.width):
        heading = table.headings[place] if place < len(table.headings) else ""
        cells = [cell for row in sample if (cell := row.cell(place))][:SHOWN_CELLS]
        field = mapping.columns.get(place)
        columns.append(ColumnFound(place, heading, field.value if field else "", tuple(cells)))
    faults = imports.mapping_fits(mapping, table, sample)
    asked = {"date_order_needed", "date_orders_mixed"} & {fault.code for fault in faults}
    return Looked(table, mapping, columns, faults, bool(asked) or imports.style_of(mapping, sample).needed)


def faults_by_code(load: Load) -> list[tuple[str, int]]:
    """Return how often each fault was found, the most frequent first."""
    counted = LoadFault.objects.filter(load=load).values_list("code").annotate(n=Count("id"))
    return list(counted.order_by("-n", "code"))


def first_faults(load: Load, most: int = 20) -> list[RowFault]:
    """Return the first faults, errors and warnings, in the order of the rows."""
    rows = LoadFault.objects.filter(load=load).order_by("row_number", "id")[:most]
    return [RowFault.of(row.row_number, row.column, row.code) for row in rows]


def rejected(load: Load) -> dict[int, list[RowFault]]:
    """Return the faults of every row that goes back."""
    found: dict[int, list[RowFault]] = {}
    rows = LoadFault.objects.filter(load=load).order_by("row_number", "id")
    for number, column, code in rows.values_list("row_number", "column", "code").iterator(10_000):
        found.setdefault(number, []).append(RowFault.of(number, column, code))
    return {
        number: faults for number, faults in found.items() if any(fault.severity is Severity.ERROR for fault in faults)
    }
