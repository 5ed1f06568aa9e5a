"""Copying the keys' folder to a medium for the safe, and knowing whether that was done since the keys last changed.

The copies of the key store are wrapped by the rings, and backups are sealed by one: without this folder none of them
opens, and nothing else copies it.
"""

import hashlib
import os
from pathlib import Path

from django.conf import settings

from arasha.config.backup import places
from arasha.config.backup.errors import Refused, WrongPlace
from arasha.config.backup.trees import copied, digest_of, sync_folder

STAMP = ".copied"


def key_files() -> list[Path]:
    """Return the files of ARASHA_KEYS that matter: rings, the seals' key, the secret key; and of ARASHA_PUBLIC_KEYS."""
    folders = (settings.ARASHA_KEYS, settings.ARASHA_PUBLIC_KEYS)
    files = [path for folder in folders if folder.is_dir() for path in sorted(folder.iterdir()) if path.is_file()]
    return [path for path in files if not path.name.startswith(".")]


def place_on(target: Path, key: Path) -> Path:
    """Return where a key goes on a medium: those of the public's pages into a folder of their own."""
    own = key.parent == settings.ARASHA_PUBLIC_KEYS
    return target / "public" / key.name if own else target / key.name


def fingerprint() -> str:
    """Return what changes whenever a key comes or goes; it says nothing about any of them."""
    total = hashlib.sha256()
    for path in key_files():
        total.update(f"{path.name} {digest_of(path)}\n".encode())
    return total.hexdigest()


def copy_keys(medium: Path) -> int:
    """Copy every key to a new folder on a medium, read it back, note that it was done; return how many there are.

    Raises WrongPlace when the medium lies with backups or data, Refused when keys are missing or already there.
    """
    target = medium / "arasha-keys"
    names = ("ARASHA_BACKUPS", "ARASHA_KEY_BACKUPS", "ARASHA_FILES", "ARASHA_KEYS")
    for name, other in ((name, getattr(settings, name)) for name in names):
        if places.nested(target, other):
            raise WrongPlace(f"{target} and {name} in {other} may not lie inside one another. Nothing was done.")
    if not key_files():
        raise Refused(f"{settings.ARASHA_KEYS} holds no keys. Nothing was done.")
    if target.exists():
        raise Refused(f"{target} is there already. Take an empty medium, or move the old copy away. Nothing was done.")
    (target / "public").mkdir(mode=0o700, parents=True)
    for path in key_files():
        there = place_on(target, path)
        if copied(path, there) != digest_of(there):
            raise Refused(f"{there} is not what was written: the medium is bad. Take another one.")
    sync_folder(target / "public")
    sync_folder(target)
    stamp = settings.ARASHA_KEYS / STAMP
    stamp.unlink(missing_ok=True)
    descriptor = os.open(stamp, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(fingerprint())
    return len(key_files())


def is_copied() -> bool:
    """Say whether the keys were copied since they last changed."""
    stamp = settings.ARASHA_KEYS / STAMP
    return stamp.is_file() and stamp.read_text() == fingerprint()
