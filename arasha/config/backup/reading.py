"""What a backup notes of the database, read in the very snapshot that is dumped."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg

from arasha.config.backup.programs import Target, server_version

JOURNAL = """SELECT (SELECT count(*) FROM public.journal_act), (SELECT coalesce(max(id), 0) FROM public.journal_act),
  (SELECT count(*) FROM public.journal_act WHERE sealed_in IS NULL),
  (SELECT coalesce(max(number), 0) FROM public.journal_seal),
  (SELECT encode(hash, 'hex') FROM public.journal_seal ORDER BY number DESC LIMIT 1)"""


@dataclass
class Snapshot:
    """One moment of the database, held open while it is dumped."""

    connection: psycopg.Connection[Any]
    id: str
    moment: datetime
    version: int
    size: int

    def one(self, query: str) -> Any:
        """Return the only value of a query's only row."""
        row = self.connection.execute(query.encode()).fetchone()
        return row[0] if row else None

    def journal(self) -> dict[str, Any]:
        """Return how far the journal was."""
        row = self.connection.execute(JOURNAL.encode()).fetchone()
        assert row is not None  # noqa: S101 - for the type checker
        return {"acts": row[0], "last_act": row[1], "unsealed": row[2], "seal": row[3], "hash": row[4] or ""}

    def migrations(self) -> list[list[str]]:
        """Return the migrations that are applied."""
        rows = self.connection.execute("SELECT app, name FROM public.django_migrations ORDER BY 1, 2")
        return [[app, name] for app, name in rows.fetchall()]

    def files(self) -> Iterator[tuple[str, bool]]:
        """Yield (id, whether pictures stand beside) of every file that a row needs and nobody erased."""
        with self.connection.cursor("files") as rows:
            rows.execute(
                "SELECT f.id::text, f.reencoded FROM public.vault_keptfile f WHERE NOT EXISTS (SELECT FROM"
                " public.vault_erasure e WHERE e.scope_kind = 'dossier' AND e.scope_key = f.dossier_id"
                " AND e.facet = f.facet) ORDER BY f.id"
            )
            yield from rows


@contextmanager
def snapshot(target: Target) -> Iterator[Snapshot]:
    """Open a snapshot that others may join; psycopg.Error when the database does not answer or is not prepared."""
    with target.connect() as connection, connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        # It stands idle while pg_dump works.
        connection.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        row = connection.execute(
            "SELECT pg_export_snapshot(), clock_timestamp(), pg_database_size(current_database())"
        ).fetchone()
        assert row is not None  # noqa: S101 - for the type checker
        yield Snapshot(connection, row[0], row[1], server_version(connection), row[2])
