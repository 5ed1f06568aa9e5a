"""A ring of wrapping keys: versions of one key, in files that only this user can read."""

import os
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Protocol

from arasha.kernel.vault.keystore.places import check_private, make_folder, read_private, sync_folder, write_new
from arasha.kernel.vault.rules import DataKey, RingKeyMissing, Scope, UnsafePlace, WrongRingKey, unwrap, wrap
from arasha.kernel.vault.rules.envelope import KEY_BYTES

GENERAL = "general"
APART = "apart"
LOOKUP = "lookup"
COPIES = "copies"
LETTERS = "letters"
# Of the process that serves the public: its own folder, beside nothing that opens anything.
CODES = "codes"
PAGES = "pages"


class Ring(Protocol):
    """Wraps and unwraps data keys. Its own keys never leave it."""

    def wrap(self, key: DataKey, scope: Scope) -> tuple[int, bytes]:
        """Return the version used and the wrapped key; RingKeyMissing when the ring is empty."""

    def unwrap(self, version: int, wrapped: bytes, scope: Scope) -> DataKey:
        """Return the data key; RingKeyMissing or WrongRingKey when that can't be done."""

    def current(self) -> int:
        """Return the newest version, 0 for an empty ring."""


class FolderRing:
    """The ring as files `<name>-<version>.key`; a retired version's file ends in `.retired`."""

    def __init__(self, folder: Path, name: str) -> None:
        """Take the folder and the ring's name; nothing is read before it is needed."""
        self.folder, self.name = folder, name
        self._keys: dict[int, DataKey] = {}

    def versions(self, ending: str = "key") -> list[int]:
        """Return the versions in the folder, oldest first; UnsafePlace when the folder is open to others."""
        if not self.folder.exists():
            return []
        check_private(self.folder)
        pattern = re.compile(rf"{re.escape(self.name)}-(\d{{4,}})\.{ending}")
        return sorted(int(found[1]) for name in os.listdir(self.folder) if (found := pattern.fullmatch(name)))

    def current(self) -> int:
        """Return the newest version, 0 for an empty ring."""
        return max(self.versions(), default=0)

    def path(self, version: int, ending: str = "key") -> Path:
        """Return where a version's file is."""
        return self.folder / f"{self.name}-{version:04d}.{ending}"

    def make(self) -> int:
        """Add a random key as the newest version and return its number; safe for several processes at once."""
        make_folder(self.folder)
        while True:
            version = max(self.current(), max(self.versions("retired"), default=0)) + 1
            if write_new(self.path(version), os.urandom(KEY_BYTES)):
                return version

    def make_first(self) -> int:
        """Make the first key unless there is one; however many processes try, there is one first key."""
        make_folder(self.folder)
        if not self.versions():
            write_new(self.path(1), os.urandom(KEY_BYTES))
        return self.current()

    def retire(self, version: int) -> None:
        """Take a version out of use. Its file stays, readable, until the backups that need it are gone."""
        self.path(version).rename(self.path(version, "retired"))
        os.utime(self.path(version, "retired"))
        sync_folder(self.folder)

    def retired_on(self, version: int) -> date:
        """Return the day (UTC) on which a version was retired."""
        return datetime.fromtimestamp(self.path(version, "retired").stat().st_mtime, UTC).date()

    def destroy_retired(self, version: int) -> None:
        """Overwrite and remove a retired version."""
        path = self.path(version, "retired")
        with path.open("r+b") as file:
            file.write(os.urandom(KEY_BYTES))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
        sync_folder(self.folder)
        self._keys.pop(version, None)

    def key(self, version: int) -> DataKey:
        """Return one version's key; RingKeyMissing, or UnsafePlace when its file is open to others."""
        if version not in self._keys:
            self._keys[version] = self._read(version)
        return self._keys[version]

    def _read(self, version: int) -> DataKey:
        for ending in ("key", "retired"):
            path = self.path(version, ending)
            try:
                content = read_private(path)
            except FileNotFoundError:
                continue
            check_private(self.folder)
            if len(content) != KEY_BYTES:
                raise UnsafePlace(f"{path} does not hold a key of {KEY_BYTES} bytes")
            return DataKey(content)
        raise RingKeyMissing(f"the ring {self.name} has no key of version {version}")

    def wrap(self, key: DataKey, scope: Scope) -> tuple[int, bytes]:
        """Return the newest version and the key wrapped by it; RingKeyMissing when the ring is empty."""
        version = self.current()
        if not version:
            raise RingKeyMissing(f"the ring {self.name} is empty: run `arasha vault make-keys`, or put its keys back")
        return version, wrap(self.key(version), key, scope, version)

    def unwrap(self, version: int, wrapped: bytes, scope: Scope) -> DataKey:
        """Return the data key; RingKeyMissing or WrongRingKey when that can't be done."""
        key = unwrap(self.key(version), wrapped, scope, version)
        if key is None:
            raise WrongRingKey(f"version {version} of the ring {self.name} does not open this data key")
        return key
