"""The default key store: one SQLite file in a folder of its own."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from arasha.kernel.vault.keystore.places import check_private, make_folder
from arasha.kernel.vault.keystore.store import SQLITE_TABLE, SqlStore
from arasha.kernel.vault.rules import StoreUnavailable

INDEX = "CREATE INDEX IF NOT EXISTS wrapped_key_by_version ON wrapped_key (ring, kek_version) WHERE wrapped IS NOT NULL"
WAIT_SECONDS = 10.0


class SqliteStore(SqlStore):
    """Write-ahead log, full synchronisation (a key outlives a power cut), freed pages overwritten."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it and the file are made at the first use."""
        super().__init__()
        self.folder, self.file = folder, folder / "keys.sqlite3"

    def _connect(self) -> sqlite3.Connection:
        make_folder(self.folder)
        try:
            os.close(os.open(self.file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600))
            check_private(self.file)
            with self._alone():
                connection = sqlite3.connect(self.file, WAIT_SECONDS, isolation_level=None, check_same_thread=False)
                for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON"):
                    connection.execute(f"PRAGMA {pragma}")
                connection.execute(SQLITE_TABLE)
                connection.execute(INDEX)
        except (OSError, sqlite3.Error) as problem:
            raise StoreUnavailable(f"the key store in {self.folder} does not open: {problem}") from None
        return connection

    @contextmanager
    def _alone(self) -> Iterator[None]:
        # SQLite does not wait when two processes switch a new file to the write-ahead log at once.
        descriptor = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)

    def _run(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        try:
            return self.connection().execute(sql.replace("%s", "?"), tuple(values)).fetchall()  # type: ignore[no-any-return]  # the base class knows no driver
        except sqlite3.Error as problem:
            raise StoreUnavailable(f"the key store in {self.folder} failed: {problem}") from None

    def _run_all(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        try:
            connection = self.connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                connection.executemany(sql.replace("%s", "?"), rows)
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")
        except sqlite3.Error as problem:
            raise StoreUnavailable(f"the key store in {self.folder} failed: {problem}") from None

    def sweep(self) -> None:
        """Empty the write-ahead log, which still holds the page as it was before; readers may put it off."""
        self._run("PRAGMA wal_checkpoint(TRUNCATE)")

    def backup(self, target: Path) -> None:
        """Write a consistent copy while others read and write."""
        os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600))
        copy = sqlite3.connect(target)
        try:
            self.connection().backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()
