"""Folders and files of keys: whose they are, who else could read them, and beside what they lie."""

import errno
import os
import stat
from collections.abc import Iterable
from pathlib import Path

from arasha.kernel.vault.rules import UnsafePlace


def make_folder(folder: Path) -> None:
    """Make a folder for our own eyes (0700). What is there already is left as it is, then checked."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    check_private(folder)


def check_private(path: Path) -> None:
    """Raise UnsafePlace when a folder or file can be read by anybody but its owner, or isn't ours."""
    try:
        found = path.lstat()
    except FileNotFoundError:
        raise UnsafePlace(f"{path} is not there") from None
    _check(path, found)


def read_private(path: Path) -> bytes:
    """Return a file's content; FileNotFoundError, or UnsafePlace when others could read it too."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError as problem:
        if problem.errno == errno.ENOENT:
            raise
        raise UnsafePlace(f"{path} cannot be read: {os.strerror(problem.errno or 0)}") from None
    with os.fdopen(descriptor, "rb") as file:
        _check(path, os.fstat(descriptor))
        return file.read()


def _check(path: Path, found: os.stat_result) -> None:
    if stat.S_ISLNK(found.st_mode):
        raise UnsafePlace(f"{path} is a link; keys are kept in plain folders and files")
    if stat.S_IMODE(found.st_mode) & 0o077:
        wanted = "0700" if stat.S_ISDIR(found.st_mode) else "0600"
        raise UnsafePlace(f"{path} is open to others (mode {stat.S_IMODE(found.st_mode):04o}); make it {wanted}")
    if found.st_uid != os.geteuid():
        raise UnsafePlace(f"{path} belongs to another user")


def check_apart(keys: Path, others: Iterable[tuple[str, Path]]) -> None:
    """Raise UnsafePlace when the keys lie inside another place, or it inside theirs; links are followed."""
    own = keys.resolve()
    for name, other in others:
        resolved = other.resolve()
        if own == resolved or own.is_relative_to(resolved) or resolved.is_relative_to(own):
            raise UnsafePlace(f"the keys in {keys} and {name} in {other} may not lie inside one another")


def write_new(path: Path, content: bytes) -> bool:
    """Write a file that nobody else can read, whole or not at all; False when it exists already."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return False
    finally:
        draft.unlink()
    sync_folder(path.parent)
    return True


def sync_folder(folder: Path) -> None:
    """Make names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
