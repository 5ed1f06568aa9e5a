"""Where wrapped data keys lie: one interface, and the statements that both stores share."""

import itertools
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote
from uuid import UUID

from arasha.kernel.vault.rules import Scope, StoreUnavailable, facet_code

AT_ONCE = 200
PUT_BACK_AT_ONCE = 5_000
COLUMNS = "scope_kind, scope_key, facet, kek_version, wrapped, erased_at"
ONE = "scope_kind = %s AND scope_key = %s AND facet = %s"
ALL = "scope_kind, scope_key, facet, ring, kek_version, wrapped, erased_at"
PUT_BACK = f"INSERT INTO wrapped_key ({ALL}) VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING"  # noqa: S608 constants
# The store's one table, as SQLite makes it: in the default store and in every copy.
SQLITE_TABLE = """
CREATE TABLE IF NOT EXISTS wrapped_key (
  scope_kind TEXT NOT NULL, scope_key TEXT NOT NULL, facet INTEGER NOT NULL, ring TEXT NOT NULL,
  kek_version INTEGER NOT NULL, wrapped BLOB, erased_at TEXT,
  PRIMARY KEY (scope_kind, scope_key, facet)
) WITHOUT ROWID
"""


@dataclass(frozen=True, slots=True, repr=False)
class WrappedKey:
    """A data key as the store holds it; `wrapped` is None once the scope was erased."""

    scope: Scope
    version: int
    wrapped: bytes | None
    erased_at: datetime | None = None


class KeyStore(Protocol):
    """Keeps wrapped data keys outside the main database. Every method raises StoreUnavailable when it can't."""

    def read(self, scopes: Iterable[Scope]) -> dict[Scope, WrappedKey]:
        """Return what is kept for these scopes; scopes without a key are left out."""

    def add(self, key: WrappedKey) -> WrappedKey:
        """Keep a key unless the scope has one; return the one that is kept."""

    def rewrap(self, old: WrappedKey, new: WrappedKey) -> bool:
        """Put the new wrapping in place of the old one; False when it changed meanwhile (erased, rewrapped)."""

    def behind(self, ring: str, version: int, limit: int) -> list[WrappedKey]:
        """Return up to `limit` living keys of a ring that are wrapped by a version before this one."""

    def versions(self, ring: str) -> dict[int, int]:
        """Return how many living keys each version of a ring wraps."""

    def sample(self, ring: str, version: int) -> WrappedKey | None:
        """Return one living key that this version of a ring wraps, or None."""

    def scopes_of(self, kind: str, key: UUID) -> list[Scope]:
        """Return every facet of a dossier or person that has, or had, a key."""

    def erase(self, scope: Scope, at: datetime) -> None:
        """Destroy the key and keep the mark that there was one; again is as well as once."""

    def backup(self, target: Path) -> None:
        """Write a copy of the store to an SQLite file that only this user can read."""

    def put_back(self, source: Path) -> int:
        """Take in what such a copy holds, and no more than is missing; return how many keys and marks it held."""

    def close(self) -> None:
        """Give back this thread's connection."""


class SqlStore:
    """The statements. A subclass gives one connection a thread and runs them."""

    def __init__(self) -> None:
        """Prepare a place for each thread's connection."""
        self._local = threading.local()

    def _connect(self) -> Any:
        raise NotImplementedError

    def _run(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        raise NotImplementedError

    def _run_all(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run one statement for many rows, in one transaction."""
        raise NotImplementedError

    def connection(self) -> Any:
        """Return this thread's connection, a new one after a fork."""
        held = getattr(self._local, "held", None)
        if held is None or held.process != os.getpid():
            held = self._local.held = Held(self._connect())
        return held.connection

    def close(self) -> None:
        """Give back this thread's connection."""
        self._local.held = None

    def read(self, scopes: Iterable[Scope]) -> dict[Scope, WrappedKey]:
        """Return what is kept for these scopes."""
        found: dict[Scope, WrappedKey] = {}
        wanted = iter(dict.fromkeys(scopes))
        while some := list(itertools.islice(wanted, AT_ONCE)):
            rows = ", ".join(["(%s, %s, %s)"] * len(some))
            values = [value for scope in some for value in _identity(scope)]
            sql = f"SELECT {COLUMNS} FROM wrapped_key WHERE (scope_kind, scope_key, facet) IN (VALUES {rows})"  # noqa: S608 placeholders only
            found |= {key.scope: key for key in map(_key, self._run(sql, values))}
        return found

    def add(self, key: WrappedKey) -> WrappedKey:
        """Keep a key unless the scope has one; return the one that is kept."""
        self._run(
            "INSERT INTO wrapped_key (scope_kind, scope_key, facet, ring, kek_version, wrapped)"
            " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [*_identity(key.scope), key.scope.ring, key.version, key.wrapped],
        )
        return self.read([key.scope])[key.scope]

    def rewrap(self, old: WrappedKey, new: WrappedKey) -> bool:
        """Put the new wrapping in place of the old one; False when it changed meanwhile."""
        done = self._run(
            f"UPDATE wrapped_key SET kek_version = %s, wrapped = %s WHERE {ONE} AND wrapped = %s RETURNING 1",  # noqa: S608
            [new.version, new.wrapped, *_identity(old.scope), old.wrapped],
        )
        return bool(done)

    def behind(self, ring: str, version: int, limit: int) -> list[WrappedKey]:
        """Return up to `limit` living keys of a ring that are wrapped by a version before this one."""
        sql = (
            f"SELECT {COLUMNS} FROM wrapped_key WHERE ring = %s AND kek_version < %s"  # noqa: S608
            " AND wrapped IS NOT NULL ORDER BY kek_version LIMIT %s"
        )
        return [_key(row) for row in self._run(sql, [ring, version, limit])]

    def versions(self, ring: str) -> dict[int, int]:
        """Return how many living keys each version of a ring wraps."""
        sql = (
            "SELECT kek_version, count(*) FROM wrapped_key"
            " WHERE ring = %s AND wrapped IS NOT NULL GROUP BY kek_version ORDER BY kek_version"
        )
        return {int(version): int(count) for version, count in self._run(sql, [ring])}

    def sample(self, ring: str, version: int) -> WrappedKey | None:
        """Return one living key that this version of a ring wraps, or None."""
        where = "ring = %s AND kek_version = %s AND wrapped IS NOT NULL"
        rows = self._run(f"SELECT {COLUMNS} FROM wrapped_key WHERE {where} LIMIT 1", [ring, version])  # noqa: S608
        return _key(rows[0]) if rows else None

    def scopes_of(self, kind: str, key: UUID) -> list[Scope]:
        """Return every facet of a dossier or person that has, or had, a key."""
        sql = f"SELECT {COLUMNS} FROM wrapped_key WHERE scope_kind = %s AND scope_key = %s ORDER BY facet"  # noqa: S608
        return [_key(row).scope for row in self._run(sql, [kind, str(key)])]

    def put_back(self, source: Path) -> int:
        """Take in what a copy holds; a scope that is known here stays as it is, erased or not."""
        count = 0
        with open_copy(source) as rows:
            while some := list(itertools.islice(rows, PUT_BACK_AT_ONCE)):
                self._run_all(PUT_BACK, some)
                count += len(some)
        return count

    def erase(self, scope: Scope, at: datetime) -> None:
        """Destroy the key and keep the mark that there was one."""
        self._run(
            "INSERT INTO wrapped_key (scope_kind, scope_key, facet, ring, kek_version, wrapped, erased_at)"
            " VALUES (%s, %s, %s, %s, 0, NULL, %s) ON CONFLICT (scope_kind, scope_key, facet) DO UPDATE"
            " SET wrapped = NULL, erased_at = coalesce(wrapped_key.erased_at, excluded.erased_at)",
            [*_identity(scope), scope.ring, at.isoformat()],
        )
        self.sweep()

    def sweep(self) -> None:
        """Make sure that what was just erased does not linger in the store's own files."""


class Held:
    """A connection that closes with its thread, in the process that opened it."""

    def __init__(self, connection: Any) -> None:
        """Take an open connection."""
        self.connection, self.process = connection, os.getpid()

    def __del__(self) -> None:
        # A forked child must not close its parent's connection: it would say goodbye on the shared socket.
        if self.process == os.getpid():
            self.connection.close()


@contextmanager
def open_copy(source: Path) -> Iterator[Iterator[tuple[Any, ...]]]:
    """Give the rows of a copy; StoreUnavailable when it is none, or damaged."""
    try:
        with closing(sqlite3.connect(f"file:{quote(str(source))}?mode=ro", uri=True)) as copy:
            if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("the integrity check failed")
            yield copy.execute(f"SELECT {ALL} FROM wrapped_key")  # noqa: S608 constants
    except sqlite3.Error as problem:
        raise StoreUnavailable(f"{source} is no sound copy of a key store: {problem}") from None


def _identity(scope: Scope) -> list[object]:
    return [scope.kind, str(scope.key), scope.bit]


def _key(row: tuple[Any, ...]) -> WrappedKey:
    kind, key, bit, version, wrapped, erased_at = row
    return WrappedKey(
        Scope(kind, UUID(key), facet_code(bit)),
        version,
        None if wrapped is None else bytes(wrapped),
        None if erased_at is None else datetime.fromisoformat(erased_at),
    )
