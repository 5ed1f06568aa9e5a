"""Keys and where they lie: rings, the store of wrapped keys, the erasure ledger. All of it outside the database.

This room belongs to the vault alone; others ask `vault.actions` and `vault.queries`.
"""

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from arasha.kernel.vault.keyserver.client import SocketRing
from arasha.kernel.vault.keystore.custody import Custody
from arasha.kernel.vault.keystore.ledger import Ledger
from arasha.kernel.vault.keystore.postgres import PostgresStore
from arasha.kernel.vault.keystore.ring import APART, COPIES, GENERAL, LETTERS, LOOKUP, FolderRing, Ring
from arasha.kernel.vault.keystore.shelf import Shelf
from arasha.kernel.vault.keystore.sqlite import SqliteStore
from arasha.kernel.vault.keystore.store import KeyStore

__all__ = [
    "copies_ring",
    "custody",
    "folder_ring",
    "ledger",
    "ledger_copy",
    "letters_ring",
    "local_rings",
    "lookup_ring",
    "public_ring",
    "shelf",
]


def custody() -> Custody:
    """Return this process's custody, made from the settings as they are now."""
    places = settings.ARASHA_KEYS, settings.ARASHA_KEY_STORE, settings.ARASHA_KEY_STORE_URL
    return _custody(*places, settings.ARASHA_KEY_SERVER)


@lru_cache(maxsize=4)
def _custody(keys: Path, folder: Path, url: str, server: str) -> Custody:
    store: KeyStore = PostgresStore(url) if url else SqliteStore(folder)
    rings: dict[str, Ring] = {name: FolderRing(keys, name) for name in (GENERAL, APART)}
    if server:
        rings[APART] = SocketRing(Path(server))
    return Custody(store, rings)


def local_rings() -> list[str]:
    """Return the rings whose keys lie in this process's folder: all, or all but the one of the key server."""
    return [GENERAL] if settings.ARASHA_KEY_SERVER else [GENERAL, APART]


def folder_ring(name: str) -> FolderRing:
    """Return a ring of the keys' folder, for making and rotating its keys."""
    return FolderRing(settings.ARASHA_KEYS, name)


def lookup_ring() -> FolderRing:
    """Return the ring that blind indexes are made from; it never rotates, or nothing would be found again."""
    return FolderRing(settings.ARASHA_KEYS, LOOKUP)


def copies_ring() -> FolderRing:
    """Return the ring that backups of the database are sealed with."""
    return FolderRing(settings.ARASHA_KEYS, COPIES)


def letters_ring() -> FolderRing:
    """Return the ring whose keys are the private halves of what the public's pages seal letters to."""
    return FolderRing(settings.ARASHA_KEYS, LETTERS)


def public_ring(name: str) -> FolderRing:
    """Return a ring of the process that serves the public, which holds no other."""
    return FolderRing(settings.ARASHA_PUBLIC_KEYS, name)


def ledger() -> Ledger:
    """Return the erasure ledger's file."""
    return Ledger(settings.ARASHA_ERASURE_LEDGER)


def ledger_copy() -> Ledger:
    """Return the ledger's second file, beside the copies of the key store.

    Whatever could bring a destroyed key back thus lies beside the list of what must be destroyed again.
    """
    return Ledger(settings.ARASHA_KEY_BACKUPS / "erasures.jsonl")


def shelf() -> Shelf:
    """Return where sealed files stand."""
    return Shelf(settings.ARASHA_FILES)
