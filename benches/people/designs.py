"""The index designs that are compared: each is some SQL beside the persons' tables, and one function that searches."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from psycopg import Connection

from benches.people.database import run

# Everything that a design may make, with how it is dropped.
MADE = """
SELECT format('DROP FUNCTION IF EXISTS %s CASCADE', oid::regprocedure) FROM pg_proc p
 WHERE pronamespace = 'public'::regnamespace
   AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
UNION ALL SELECT format('DROP INDEX IF EXISTS %s CASCADE', oid::regclass) FROM pg_class
 WHERE relkind = 'i' AND relnamespace = 'public'::regnamespace
UNION ALL SELECT format('DROP TABLE IF EXISTS %s CASCADE', oid::regclass) FROM pg_class
 WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
UNION ALL SELECT format('DROP TYPE IF EXISTS %s CASCADE', oid::regtype) FROM pg_type t
 WHERE typnamespace = 'public'::regnamespace AND typtype = 'c'
   AND EXISTS (SELECT FROM pg_class c WHERE c.oid = t.typrelid AND c.relkind = 'c')"""
ALL_BYTES = """SELECT coalesce(sum(pg_relation_size(oid)), 0)::bigint FROM pg_class
 WHERE relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace"""


@dataclass(frozen=True, slots=True)
class Design:
    """A way to find persons: its files in `sql/`, run in order, and its function."""

    name: str
    files: tuple[str, ...]
    function: str


@dataclass(frozen=True, slots=True)
class Built:
    """What a design cost: seconds to build, bytes of its tables and indexes."""

    seconds: float
    size: int


DESIGNS = (
    Design("trigrams", ("trigrams.sql",), "trigrams_find"),
    Design("skeletons", ("skeletons.sql",), "skeletons_find"),
    Design("cuts", ("cuts.sql",), "cuts_find"),
    Design("pairs, trigrams", ("pairs.sql", "pairs_trigrams.sql"), "people_find"),
    Design("pairs, cuts", ("pairs.sql",), "people_find"),
)


@contextmanager
def built(connection: "Connection[tuple[object, ...]]", design: Design) -> Iterator[Built]:
    """Build a design's tables, indexes and functions, and drop them afterwards; also those that an ended run left."""
    base = partial(_drop_new, connection, _base(connection))
    base()
    before = _bytes(connection)
    began = time.perf_counter()
    try:
        for file in design.files:
            run(connection, file)
        yield Built(time.perf_counter() - began, _bytes(connection) - before)
    finally:
        base()


def _made(connection: "Connection[tuple[object, ...]]") -> set[str]:
    return {str(row[0]) for row in connection.execute(MADE.encode())}


def _base(connection: "Connection[tuple[object, ...]]") -> frozenset[str]:
    """Return what was there when the database was loaded: remembered by the first who asks."""
    connection.execute("CREATE TABLE IF NOT EXISTS bench.base (made text)")
    if connection.execute("SELECT 1 FROM bench.base LIMIT 1").fetchone() is None:
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO bench.base VALUES (%s)", [(made,) for made in _made(connection)])
    return frozenset(str(row[0]) for row in connection.execute("SELECT made FROM bench.base"))


def _drop_new(connection: "Connection[tuple[object, ...]]", base: frozenset[str]) -> None:
    # Tables first: the index of a primary key can't be dropped alone.
    for statement in sorted(_made(connection) - base, key=lambda one: ("DROP TABLE" not in one, one)):
        connection.execute(statement.encode())


def _bytes(connection: "Connection[tuple[object, ...]]") -> int:
    row = connection.execute(ALL_BYTES.encode()).fetchone()
    return int(str(row[0])) if row else 0
