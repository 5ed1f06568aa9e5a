"""A folder that only grows: one file a seal, and the public keys."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from arasha.kernel.journal.rules import SealFile


class ExportConflict(OSError):
    """Another seal of this number lies there already."""


@dataclass(frozen=True, slots=True)
class FolderExporter:
    """Writes `seal-<number>.txt` and `key-<name>.pub`, read-only, never over what is there."""

    name: str
    folder: Path

    def send(self, file: SealFile, public_key: bytes) -> None:
        """Write one seal; ExportConflict when the folder holds a different one of that number."""
        self.folder.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(public_key).hexdigest()[:16]
        _write(self.folder / f"key-{name}.pub", public_key.hex() + "\n")
        _write(self.folder / f"seal-{file.text.number:012}.txt", file.lines())


def _write(path: Path, content: str) -> None:
    """Write a new read-only file durably; the same content again is no error, another one is."""
    if path.exists():
        if path.read_text(encoding="utf-8") != content:
            raise ExportConflict(path.name)
        return
    half = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o444)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    half.rename(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def read_folder(folder: Path) -> tuple[dict[str, bytes], Iterator[tuple[str, SealFile | None]]]:
    """Return the public keys by name, and (file name, seal) in the seals' order; None for an unreadable file."""
    keys = {}
    for path in folder.glob("key-*.pub"):
        raw = bytes.fromhex(path.read_text(encoding="utf-8"))
        keys[hashlib.sha256(raw).hexdigest()[:16]] = raw
    return keys, _seals(folder)


def _seals(folder: Path) -> Iterator[tuple[str, SealFile | None]]:
    """Yield the folder's seals one by one."""
    for path in sorted(folder.glob("seal-*.txt")):
        try:
            yield path.name, SealFile.parsed(path.read_text(encoding="utf-8"))
        except ValueError:
            yield path.name, None
