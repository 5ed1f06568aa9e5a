"""Whether a backup is what was made: statement, lists, every file, the dump from its first byte to its last."""

import hashlib
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from arasha.config.backup import programs, trees
from arasha.config.backup.errors import Damaged
from arasha.config.backup.manifest import Manifest
from arasha.config.backup.places import DATABASE
from arasha.config.backup.trees import Progress
from arasha.kernel.vault.queries import open_copy
from arasha.kernel.vault.rules import SealBroken

Say = Callable[[str], None]


@dataclass(frozen=True)
class Checked:
    """A backup that was read whole; `contents` are pg_restore's lines about what the dump holds."""

    folder: Path
    manifest: Manifest
    contents: list[str]


def check(folder: Path, say: Say) -> Checked:
    """Read a backup whole. Raises Damaged, Refused, RingKeyMissing, NoProgram."""
    manifest = Manifest.read(folder)
    manifest.fits_name(folder)
    progress = Progress(say)
    for kind, stated in ((trees.SEALS, manifest.seals), (trees.FILES, manifest.files)):
        listed = folder / kind.list
        if not listed.is_file() or trees.digest_of(listed) != stated["sha256"]:
            raise Damaged(f"{listed} is not the list that the backup was made with.")
        if trees.check(folder, kind, progress) != stated["count"]:
            raise Damaged(f"{listed} does not hold {stated['count']} files.")
    contents = _read_dump(folder, manifest, progress)
    say(
        f"the backup {manifest.name} is whole: {manifest.database['plain']:,} bytes of database, "
        f"{manifest.files['count']} files, {manifest.seals['count']} seals"
    )
    return Checked(folder, manifest, contents)


class Reading:
    """A file that is hashed as it is read."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.digest, self.count = file, hashlib.sha256(), 0

    def read(self, size: int) -> bytes:
        """Read and hash."""
        piece = self._file.read(size)
        self.digest.update(piece)
        self.count += len(piece)
        return piece


def plain_dump(folder: Path, manifest: Manifest, told: Callable[[int], None]) -> Iterator[bytes]:
    """Yield the dump in clear; Damaged at its end at the latest when it is not what was made."""
    stated = manifest.database
    try:
        with (folder / DATABASE).open("rb") as file:
            reading = Reading(file)
            for piece in open_copy(reading.read, version=stated["key"], backup=manifest.name, name=DATABASE):
                told(reading.count)
                yield piece
    except (OSError, SealBroken) as problem:
        raise Damaged(f"{folder / DATABASE} is not as it was saved: {problem}") from None
    if reading.digest.hexdigest() != stated["sha256"]:
        raise Damaged(f"{folder / DATABASE} is not as it was saved.")


def _read_dump(folder: Path, manifest: Manifest, progress: Progress) -> list[str]:
    """Open the whole dump, and let pg_restore read what it holds."""
    total = manifest.database["bytes"]

    def told(count: int) -> None:
        progress.tell("database: %d %% opened", 100 * count // max(1, total))

    command = [str(programs.find(manifest.postgres, newer=True) / "pg_restore"), "--list"]
    with programs.started(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as listing:
        lines: list[bytes] = []
        reader = threading.Thread(target=lambda: lines.extend(listing.stdout), daemon=True)
        reader.start()
        try:
            _tell_beginning(listing.stdin, plain_dump(folder, manifest, told))
        finally:  # a damaged dump, too, must not close the pipe under the one who reads from it
            with suppress(BrokenPipeError):
                listing.stdin.close()
            reader.join()
        listing.demand_success(f"{folder / DATABASE} is no dump of PostgreSQL's")
    return [line.decode() for line in lines]


def _tell_beginning(listener: IO[bytes], pieces: Iterable[bytes]) -> None:
    """Write pieces as long as they are wanted: pg_restore needs the beginning only; the rest is opened to be proved."""
    wanted = True
    for piece in pieces:
        if wanted:
            try:
                listener.write(piece)
            except BrokenPipeError:
                wanted = False
