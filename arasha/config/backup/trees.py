"""Copying folders of files that never change: what the last backup holds is linked, not copied again.

A tree's list is a text file, `<sha256>  <path>` a line in the order of paths: `sha256sum --check` reads it, too.
"""

import hashlib
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from arasha.config.backup.errors import Damaged

PIECE = 1 << 20
LINE = re.compile(r"([0-9a-f]{64})  (.+)")
PAUSE = 5.0  # seconds between two lines of progress


@dataclass(frozen=True)
class Kind:
    """One tree of a backup: its name there, what its files are called, and what stands before the first slash."""

    name: str
    pattern: re.Pattern[str]

    @property
    def list(self) -> str:
        """The name of its list."""
        return f"{self.name}.sha256"


FILES = Kind("files", re.compile(r"[0-9a-f]{2}/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\.(?:served|original)"))
SEALS = Kind("seals", re.compile(r"(?:seal-\d{12}\.txt|key-[0-9a-f]{16}\.pub)"))


@dataclass
class Counts:
    """How many files of how many bytes; `new` were copied, the others linked."""

    files: int = 0
    bytes: int = 0
    new: int = 0


class Progress:
    """Says how far a long step is, every few seconds."""

    def __init__(self, say: Callable[[str], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._say, self._clock = say, clock
        self._due = clock() + PAUSE

    def tell(self, text: str, *values: object) -> None:
        """Say a text with its values when the last line was a while ago."""
        if self._clock() >= self._due:
            self._say(text % values)
            self._due = self._clock() + PAUSE


def walk(folder: Path, kind: Kind) -> Iterator[str]:
    """Yield the paths of a tree's files in order; what is called otherwise is none of it."""
    if not folder.is_dir():
        return
    for entry in sorted(os.scandir(folder), key=lambda found: found.name):
        if entry.is_dir(follow_symlinks=False):
            names = [f"{entry.name}/{name}" for name in sorted(os.listdir(entry.path))]
        else:
            names = [entry.name]
        for name in names:
            if kind.pattern.fullmatch(name) and not (folder / name).is_symlink():
                yield name


def read_list(path: Path, kind: Kind) -> Iterator[tuple[str, str]]:
    """Yield (path, sha256) of a list; Damaged when a line is no such thing."""
    with path.open(encoding="ascii", errors="replace") as lines:
        for number, line in enumerate(lines, start=1):
            found = LINE.fullmatch(line.rstrip("\n"))
            if found is None or not kind.pattern.fullmatch(found[2]):
                raise Damaged(f"Line {number} of {path} is not one of a backup's list.")
            yield found[2], found[1]


class Earlier:
    """The tree of the last backup, read in step with the one that is being made."""

    def __init__(self, backup: Path | None, kind: Kind) -> None:
        self.folder = backup / kind.name if backup else None
        listed = backup / kind.list if backup else None
        self._lines = read_list(listed, kind) if listed and listed.exists() else iter(())
        self._next = next(self._lines, None)

    def sha256(self, name: str) -> str | None:
        """Return what the last backup says of a path; paths are asked for in order."""
        while self._next is not None and self._next[0] < name:
            self._next = next(self._lines, None)
        return self._next[1] if self._next is not None and self._next[0] == name else None


def copy(source: Path, backup: Path, kind: Kind, last: Path | None, progress: Progress) -> Counts:
    """Put a tree into a backup that is being made; its list is written beside."""
    target, counts, earlier = backup / kind.name, Counts(), Earlier(last, kind)
    target.mkdir(mode=0o700)
    with (backup / kind.list).open("w", encoding="ascii") as out:
        for name in walk(source, kind):
            (target / name).parent.mkdir(mode=0o700, exist_ok=True)
            try:
                size, digest, new = _put(source / name, target / name, earlier, name)
            except FileNotFoundError:  # swept meanwhile: no row needed it
                continue
            out.write(f"{digest}  {name}\n")
            counts.files, counts.bytes, counts.new = counts.files + 1, counts.bytes + size, counts.new + new
            progress.tell("%s: %d so far, %d of them new", kind.name, counts.files, counts.new)
        out.flush()
        os.fsync(out.fileno())
    for folder in [target, *(path for path in target.iterdir() if path.is_dir())]:
        sync_folder(folder)
    return counts


def _put(source: Path, target: Path, earlier: Earlier, name: str) -> tuple[int, str, int]:
    """Link a file that the last backup holds, copy another one; returns size, digest and whether it was copied."""
    known = earlier.sha256(name)
    size = source.stat().st_size
    if known is not None and earlier.folder is not None and _linked(earlier.folder / name, target, size):
        return size, known, 0
    return size, copied(source, target), 1


def _linked(kept: Path, target: Path, size: int) -> bool:
    """Link a file of the last backup; False when it is not there, has another size, or links can't be made."""
    try:
        if kept.stat().st_size != size:
            return False
        os.link(kept, target)
    except OSError:
        return False
    return True


def copied(source: Path, target: Path) -> str:
    """Copy a file durably, with its time, and return its digest."""
    digest = hashlib.sha256()
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with source.open("rb") as file, os.fdopen(descriptor, "wb") as out:
        for piece in pieces(file):
            digest.update(piece)
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    shutil.copystat(source, target)
    return digest.hexdigest()


def sync_folder(folder: Path) -> None:
    """Make names in a folder survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Yield a file's content."""
    while piece := file.read(PIECE):
        yield piece


def digest_of(path: Path) -> str:
    """Return a file's SHA-256."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def check(backup: Path, kind: Kind, progress: Progress) -> int:
    """Read a backup's tree whole and compare it with its list; return how many files it holds. Raises Damaged."""
    count = 0
    for name, wanted in read_list(backup / kind.list, kind):
        path = backup / kind.name / name
        try:
            found = digest_of(path)
        except OSError:
            found = ""
        if found != wanted:
            raise Damaged(f"{path} is {'not as it was saved' if found else 'missing'}.")
        count += 1
        progress.tell("%s: %d compared", kind.name, count)
    return count


def put_back(backup: Path, kind: Kind, target: Path, progress: Progress) -> int:
    """Copy a backup's tree to its place and return how many files were new there.

    A file that is there already with the same content stays; so a restore that was broken off goes on. One with
    another content is never written over: Damaged.
    """
    new = 0
    for name, wanted in read_list(backup / kind.list, kind):
        place = target / name
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if place.exists():
            if digest_of(place) != wanted:
                raise Damaged(f"{place} is there with another content than in the backup. It was left as it is.")
            continue
        half = place.with_name(f".{place.name}.half")
        half.unlink(missing_ok=True)
        if copied(backup / kind.name / name, half) != wanted:
            half.unlink()
            raise Damaged(f"{backup / kind.name / name} is not as it was saved.")
        half.rename(place)
        new += 1
        progress.tell("%s: %d brought back", kind.name, new)
    return new
