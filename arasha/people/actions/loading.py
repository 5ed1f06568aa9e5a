"""Loading the file of a register by the chunk: each is one transaction and one act, and is done or is not there.

Rows are read and hashed before the transaction begins, so that the register is locked for the writing alone.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID

from django.db import DatabaseError, connection
from django.views.decorators.debug import sensitive_variables
from psycopg.types.json import Jsonb

from arasha.kernel.access.actions import system
from arasha.kernel.access.rules import Facet
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.vault.queries import lookup_key
from arasha.kernel.vault.rules import derive
from arasha.kernel.worktime.rules import local
from arasha.people.actions.matching_registers import match_loaded
from arasha.people.actions.writing import Draft, Writing, drafts
from arasha.people.models import Load
from arasha.people.queries.registers import table_of
from arasha.people.rules import imports
from arasha.people.rules import registers as rules
from arasha.people.rules.imports import Row, RowFault, Table, Unreadable

CHUNK: Final = 2_000
READING: Final = {"trying", "loading"}
WORKING: Final = READING | {"taking_back"}
SOMEBODY_ELSE: Final = "AR409"
Prepared = rules.Told | list[RowFault]


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows that are loaded together, what was made ready of them, and the number of the last."""

    rows: Sequence[Prepared]
    drafts: Mapping[int, Draft]
    last: int


def run_load(*, load: UUID, moment: Callable[[], datetime]) -> None:
    """Work on a load until it is done or was stopped; it goes on where it was broken off, and may be called again.

    Whoever else works on it at the same time is left to it.
    """
    found = _begun(load, moment)
    if found is None:
        return
    if found.state == "taking_back":
        _take_back(found, moment)
        return
    today = local(found.recorded_at).date()
    try:
        table = table_of(found)
        mapping = imports.Mapping.from_json(found.mapping or {})
        _put_all(found, table, mapping, today, moment)
    except Unreadable as problem:
        _refuse(found, problem, moment)
        return
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", None) != SOMEBODY_ELSE:
            raise
        return
    if found.state == "loading":
        match_register(load=load, moment=moment)


def match_register(*, load: UUID, moment: Callable[[], datetime]) -> None:
    """Compare everybody of a load's register whom nobody has compared yet."""
    with system("match_register"):
        found = Load.objects.select_related("source").filter(pk=load).first()
    if found is not None:
        match_loaded(load=load, register=found.source.register_id, unit=found.unit_id, moment=moment)


def secret_of(source: UUID) -> bytes:
    """Return the key of the hashes by which rows of one register are known again."""
    return derive(lookup_key("register"), f"arasha.register.1:{source}")


@sensitive_variables()
def prepared(rows: Iterable[Row], mapping: imports.Mapping, today: date, secret: bytes) -> list[Prepared]:
    """Return rows as they are loaded, or what is wrong with them."""
    found: list[Prepared] = []
    for row in rows:
        said = imports.read_row(row, mapping, today)
        if isinstance(said, list):
            found.append(said)
        elif long := rules.too_long(said, mapping):
            found.append([*said.warnings, *long])
        else:
            found.append(rules.told(said, secret))
    return found


def _begun(load: UUID, moment: Callable[[], datetime]) -> Load | None:
    """Return the load if it is to be worked on; being tried out begins anew."""
    with system("load_register"):
        found = Load.objects.select_related("source", "file").filter(pk=load).first()
        if found is None or found.state not in WORKING:
            return None
        if found.state == "trying" and found.last_row:
            with act(verb="try_load", stream=dossier_stream(found.dossier_id), now=moment(), codes=_told(found)):
                call("begin_load", load, "trying", moment())
            found.last_row = 0
        return found


def _put_all(load: Load, table: Table, mapping: imports.Mapping, today: date, moment: Callable[[], datetime]) -> None:
    secret, register = secret_of(load.source_id), rules.Register()
    after = load.last_row
    rows = table.rows(after=after)

    hoped_new = load.state == "loading" and load.turn == 1

    def read_on() -> Chunk:
        some = list(islice(rows, CHUNK))
        found = prepared(some, mapping, today, secret)
        made = drafts(found, load.source.register_id) if hoped_new else {}
        return Chunk(found, made, some[-1].number if some else 0)

    for chunk in _ahead(read_on):
        with system("load_register"):
            done = put_chunk(load, chunk, after=after, register=register, now=moment())
        after, new = chunk.last, sum(isinstance(row, rules.Decided) and row.standing is None for row in done)
        hoped_new = load.state == "loading" and 2 * new > len(done)
        if load.state == "loading":
            register = rules.Register()
    with system("load_register"), act(verb="end_load", stream=_stream(load), now=moment(), codes=_told(load)):
        call("finish_load", load.pk, moment())


@sensitive_variables()
def put_chunk(
    load: Load, chunk: Chunk, *, after: int, register: rules.Register, now: datetime
) -> list[rules.Decided | list[RowFault]]:
    """Put one chunk into the register, or only say what it would do; return what became of each row.

    Stands in an open transaction. `after` is the row up to which everything is done.
    """
    verb = "load_rows" if load.state == "loading" else "try_load"
    with act(verb=verb, stream=_stream(load), now=now, codes=_told(load)):
        told = [row for row in chunk.rows if isinstance(row, rules.Told)]
        for standing in _registered(load.pk, told):
            register.learn(standing)
        done = [row if isinstance(row, list) else register.decide(row) for row in chunk.rows]
        writing = Writing(load.source.register_id, local(now).date(), chunk.drafts)
        for row in done:
            if isinstance(row, list):
                writing.reject(row)
            else:
                writing.take(row, write=load.state == "loading")
        call("put_rows", load.pk, after, chunk.last, Jsonb(writing.said), local(now).date(), now)
    return done


def _registered(load: UUID, told: Sequence[rules.Told]) -> Iterator[rules.Standing]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, key, also, sure, parts, facts, person, seen"
            " FROM people.registered(%s, %s::bytea[], %s::bytea[])",
            [load, [row.key for row in told], [row.also for row in told if row.also]],
        )
        for id_, key, also, sure, parts, facts, person, seen in cursor:
            kept = rules.unpacked(bytes(parts))
            yield rules.Standing(id_, bytes(key), bytes(also), sure, kept, tuple(facts), person, seen)


def _refuse(load: Load, problem: Unreadable, moment: Callable[[], datetime]) -> None:
    """Note that the file can't be read on; what was loaded until there stays, and may be taken back."""
    with system("load_register"), act(verb="end_load", stream=_stream(load), now=moment(), codes=_told(load)):
        Load.objects.filter(pk=load.pk, state__in=READING).update(
            state="refused", refusal=problem.code, ended_at=moment()
        )


def _take_back(load: Load, moment: Callable[[], datetime]) -> None:
    """Take back what a load did, by the chunk."""
    stream, told = dossier_stream(load.source.register_id), _told(load) | {"facet": Facet.IDENTITY}
    looked_at = 1
    while looked_at:
        with system("load_register"), act(verb="take_back_load", stream=stream, now=moment(), codes=told):
            looked_at = call("take_back_rows", load.pk, CHUNK, moment())


def _stream(load: Load) -> Any:
    """What is loaded stands in the register's stream, what is only tried out in the intake's."""
    return dossier_stream(load.source.register_id if load.state == "loading" else load.dossier_id)


def _told(load: Load) -> dict[str, Any]:
    facet = Facet.IDENTITY if load.state == "loading" else Facet.OBLIGATIONS
    return {"facet": facet, "unit": load.unit_id, "load": str(load.pk)}


def call(function: str, *given: Any) -> Any:
    """Call one of the database's functions for loading, and return what it returns."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT people.{function}({', '.join(['%s'] * len(given))})", given)
        return cursor.fetchone()[0]


def _ahead(read_on: Callable[[], Chunk]) -> Iterator[Chunk]:
    """Give the chunks, the next one being read while the database writes: reading touches no database of ours."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        coming = pool.submit(read_on)
        while (chunk := coming.result()).rows:
            coming = pool.submit(read_on)
            yield chunk
