"""Making, rotating and backing up keys. Operators' work: none of it is about anybody's file."""

from collections.abc import Collection, Generator
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings

from arasha.kernel.vault.keyserver.server import serve
from arasha.kernel.vault.keystore import (
    copies_ring,
    custody,
    folder_ring,
    letters_ring,
    local_rings,
    lookup_ring,
    public_ring,
)
from arasha.kernel.vault.keystore.places import make_folder, sync_folder, write_new
from arasha.kernel.vault.keystore.ring import APART, CODES, PAGES
from arasha.kernel.vault.rules import KeyMissing, RingKeyMissing, public_half
from arasha.kernel.vault.rules.retention import BACKUP_DAYS, backup_name, day_of_backup

AT_ONCE = 500


def make_keys() -> dict[str, int]:
    """Make the first key of each ring kept here, where there is none yet; return each ring's newest version.

    Refuses (RingKeyMissing) an empty ring whose store already holds data keys: those keys were lost or not
    mounted, and a fresh one would only hide it.
    """
    made = {}
    for name in local_rings():
        ring = folder_ring(name)
        in_use = custody().store.versions(name)
        if in_use and not ring.current():
            raise RingKeyMissing(f"the ring {name} is empty, but data keys are wrapped by it: put its keys back")
        made[name] = ring.make_first()
    for ring in (lookup_ring(), copies_ring(), letters_ring(), public_ring(CODES), public_ring(PAGES)):
        ring.make_first()
    hand_out_public_halves()
    return made


def hand_out_public_halves() -> None:
    """Write the public half of each key for letters where the process that serves the public reads it."""
    ring, folder = letters_ring(), public_ring(CODES).folder
    for version in ring.versions():
        write_new(folder / f"{ring.name}-{version:04d}.pub", public_half(ring.key(version).raw))


def rotate(name: str) -> Generator[int, None, None]:
    """Give a ring a new key, wrap every data key anew and retire the old one; yields the count done so far.

    Broken off, the next call goes on where it stopped, without another new key. Reading and sealing go on
    meanwhile: until the last data key is rewrapped both versions are in the ring. A ring behind the key server
    gets its new key there (`add_key`), is rewrapped here, and forgets its old key there (`retire_old_keys`).
    """
    keys = custody()
    version, in_use = keys.rings[name].current(), keys.store.versions(name)
    if not version:
        raise RingKeyMissing(f"the ring {name} is empty: run `arasha vault make-keys`, or put its keys back")
    local = name in local_rings()
    if local and not any(used < version for used in in_use) and folder_ring(name).versions() == [version]:
        version = add_key(name)
    done = 0
    while some := keys.rewrap_some(name, version, AT_ONCE):
        done += some
        yield done
    if local:
        retire_old_keys(name)
    yield done


def add_key(name: str) -> int:
    """Add a new key to a ring kept here and return its version; new data keys use it from now on."""
    return folder_ring(name).make()


def retire_old_keys(name: str) -> list[int]:
    """Retire every key of a ring kept here but the newest; return their versions. They stay readable 30 days."""
    ring = folder_ring(name)
    old = ring.versions()[:-1]
    for version in old:
        ring.retire(version)
    return old


def serve_keys(path: Path, *, users: Collection[int], a_minute: int) -> None:
    """Serve the ring of reporters and interviews on a UNIX socket, to these user ids, until the process is ended."""
    ring = folder_ring(APART)
    if not ring.current():
        raise RingKeyMissing(f"the ring {APART} is empty: run `arasha vault make-keys`, or put its keys back")
    serve(path, ring, users, a_minute)


def back_up_keys(*, now: datetime) -> str:
    """Copy the key store to ARASHA_KEY_BACKUPS and return the file's name. The rings' keys are not in it."""
    make_folder(settings.ARASHA_KEY_BACKUPS)
    name = backup_name(now)
    draft = settings.ARASHA_KEY_BACKUPS / f".{name}"
    draft.unlink(missing_ok=True)
    custody().store.backup(draft)
    draft.rename(settings.ARASHA_KEY_BACKUPS / name)
    sync_folder(settings.ARASHA_KEY_BACKUPS)
    return name


def key_backups() -> list[str]:
    """Return the names of the key store's copies, oldest first."""
    folder = settings.ARASHA_KEY_BACKUPS
    return sorted(path.name for path in folder.iterdir() if day_of_backup(path.name)) if folder.exists() else []


def put_keys_back() -> str:
    """Fill an empty key store from its newest copy and return that copy's name. Erasures are replayed afterwards.

    Returns "" when the store holds keys already. Raises KeyMissing when there is neither a store nor a copy.
    """
    store = custody().store
    if any(store.versions(name) for name in custody().rings):
        return ""
    copies = key_backups()
    if not copies:
        raise KeyMissing(f"the key store is empty, and {settings.ARASHA_KEY_BACKUPS} holds no copy of it")
    store.put_back(settings.ARASHA_KEY_BACKUPS / copies[-1])
    return copies[-1]


def prune(*, now: datetime) -> list[str]:
    """Remove key-store backups older than 30 days, and retired ring keys that nothing needs any more.

    This is what makes an erasure final: run it daily. Returns the names of what was removed.
    """
    gone = []
    folder, oldest = settings.ARASHA_KEY_BACKUPS, now.date() - timedelta(days=BACKUP_DAYS)
    for path in sorted(folder.iterdir()) if folder.exists() else []:
        half = path.name.startswith(".")
        day = day_of_backup(path.name.removeprefix("."))
        if day is not None and day < (now.date() if half else oldest):
            path.unlink()
            gone.append(path.name)
    for name in local_rings():
        gone += _prune_ring(name, oldest)
    return gone


def _prune_ring(name: str, oldest: date) -> list[str]:
    ring, in_use = folder_ring(name), custody().store.versions(name)
    gone = []
    for version in ring.versions("retired"):
        if version not in in_use and ring.retired_on(version) < oldest:
            ring.destroy_retired(version)
            gone.append(ring.path(version, "retired").name)
    return gone
