"""The key store in a PostgreSQL of its own, reached by ARASHA_KEY_STORE_URL."""

import os
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg

from arasha.kernel.vault.keystore.store import ALL, PUT_BACK, SQLITE_TABLE, SqlStore
from arasha.kernel.vault.rules import StoreUnavailable

TABLE = """
CREATE TABLE IF NOT EXISTS wrapped_key (
  scope_kind text NOT NULL, scope_key text NOT NULL, facet integer NOT NULL, ring text NOT NULL,
  kek_version integer NOT NULL, wrapped bytea, erased_at text,
  PRIMARY KEY (scope_kind, scope_key, facet)
)
"""
INDEX = "CREATE INDEX IF NOT EXISTS wrapped_key_by_version ON wrapped_key (ring, kek_version) WHERE wrapped IS NOT NULL"
MAKE_LOCK = 0x61726173


class PostgresStore(SqlStore):
    """One connection a thread, each statement its own transaction; a lost connection is made once more."""

    def __init__(self, url: str) -> None:
        """Take the DSN; it is never shown, it may hold a password."""
        super().__init__()
        self._url = url

    def _connect(self) -> psycopg.Connection[Any]:
        try:
            connection = psycopg.connect(self._url, autocommit=True, connect_timeout=5, application_name="arasha-keys")
            with connection.transaction():
                connection.execute("SELECT pg_advisory_xact_lock(%s)", [MAKE_LOCK])
                connection.execute(TABLE)
                connection.execute(INDEX)
        except psycopg.Error as problem:
            raise StoreUnavailable(f"the key store does not answer ({type(problem).__name__})") from None
        return connection

    def _run(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        for attempt in (1, 2):
            try:
                cursor = self.connection().execute(sql, values)
                return cursor.fetchall() if cursor.description else []
            except psycopg.OperationalError as problem:
                self.close()
                if attempt == 2:
                    raise StoreUnavailable(f"the key store failed ({type(problem).__name__})") from None
            except psycopg.Error as problem:
                raise StoreUnavailable(f"the key store failed ({type(problem).__name__})") from None
        raise AssertionError("unreachable")

    def _run_all(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        try:
            connection = self.connection()
            with connection.transaction(), connection.cursor() as cursor:
                cursor.executemany(sql, rows)
        except psycopg.Error as problem:
            raise StoreUnavailable(f"the key store failed ({type(problem).__name__})") from None

    def sweep(self) -> None:
        """Take the dead row version out of the table's file; an older snapshot elsewhere may put it off."""
        self._run("VACUUM wrapped_key")

    def backup(self, target: Path) -> None:
        """Write a copy of the table as it is at one moment, as SQLite, like the other store's."""
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
        try:
            connection = self.connection()
            with closing(sqlite3.connect(target)) as copy, copy, connection.transaction():
                copy.execute(SQLITE_TABLE)
                with connection.cursor("copy") as rows:
                    rows.execute(f"SELECT {ALL} FROM wrapped_key")  # noqa: S608 constants
                    copy.executemany(PUT_BACK.replace("%s", "?"), rows)
        except (psycopg.Error, sqlite3.Error) as problem:
            raise StoreUnavailable(f"the key store could not be copied ({type(problem).__name__})") from None
