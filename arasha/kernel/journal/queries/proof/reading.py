"""Reading in one snapshot: server-side cursors, everything rendered as it was when it was written down."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

import psycopg
from django.db import connections, transaction
from psycopg import sql

Row = tuple[Any, ...]
FETCH = 5_000


class Snapshot:
    """One read-only transaction that sees every row and never changes under the reader."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._names = count(1)

    def rows(self, query: str, *arguments: Any) -> Iterator[Row]:
        """Yield a query's rows, a few thousand in memory at a time; several may be read side by side."""
        with self._connection.cursor(f"proof_{next(self._names)}") as cursor:
            cursor.itersize = FETCH
            cursor.execute(query.encode(), arguments or None, binary=True)
            yield from cursor

    def share(self) -> str:
        """Return a name by which another connection can look at this same snapshot while it is open."""
        return str(self.all("SELECT pg_catalog.pg_export_snapshot()")[0][0])

    def all(self, query: str, *arguments: Any) -> list[Row]:
        """Return the rows of a small answer."""
        return list(self.rows(query, *arguments))


@contextmanager
def snapshot(using: str, *, shared: str = "") -> Iterator[Snapshot]:
    """Open the snapshot on a connection of the owner, as the definer: row security hides nothing from it.

    With `shared`, which `Snapshot.share` of another connection gave, it shows exactly what that one shows.
    """
    with transaction.atomic(using=using, durable=True), connections[using].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        if shared:
            cursor.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(sql.Literal(shared)))
        cursor.execute(
            "SET LOCAL ROLE arasha_definer; SET LOCAL search_path = pg_catalog, pg_temp; SET LOCAL timezone = 'UTC';"
            "SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1;"
            "SET LOCAL intervalstyle = 'postgres'; SET LOCAL work_mem = '128MB'; SET LOCAL cursor_tuple_fraction = 1.0;"
            "SET LOCAL jit = off"
        )
        connection = connections[using].connection
        assert isinstance(connection, psycopg.Connection)  # noqa: S101 - for the type checker
        yield Snapshot(connection)
