"""Where sealed files stand: ARASHA_FILES, by random id. What is written there was never there in clear."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from arasha.kernel.vault.keystore.places import make_folder, sync_folder
from arasha.kernel.vault.rules import FileLost

SERVED = "served"
ORIGINAL = "original"
DRAFT = ".part"


class Shelf:
    """A folder of sealed files; each appears whole or not at all."""

    def __init__(self, folder: Path) -> None:
        """Take the folder; it is made at the first file."""
        self.folder = folder

    def path(self, file: UUID, copy: str) -> Path:
        """Return where one copy of a file stands."""
        return self.folder / file.hex[:2] / f"{file}.{copy}"

    def put(self, file: UUID, copy: str, pieces: Iterable[bytes]) -> None:
        """Write one copy, sealed already; when the pieces break off with an exception, nothing stays."""
        path = self.path(file, copy)
        make_folder(self.folder)
        make_folder(path.parent)
        draft = path.with_name(path.name + DRAFT)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as out:
                for piece in pieces:
                    out.write(piece)
                out.flush()
                os.fsync(out.fileno())
            draft.rename(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)

    def open(self, file: UUID, copy: str) -> BinaryIO:
        """Open one copy for reading; FileLost when it is not there."""
        try:
            return self.path(file, copy).open("rb")
        except FileNotFoundError:
            raise FileLost("a kept file's content is not in ARASHA_FILES") from None

    def remove(self, file: UUID) -> None:
        """Remove every copy of a file."""
        for copy in (SERVED, ORIGINAL):
            self.path(file, copy).unlink(missing_ok=True)

    def older_than(self, moment: float) -> Iterator[Path]:
        """Yield what was last written before a moment (seconds since 1970), drafts left by a crash included."""
        for folder in sorted(self.folder.iterdir()) if self.folder.exists() else []:
            for path in sorted(folder.iterdir()):
                if path.stat().st_mtime < moment:
                    yield path
