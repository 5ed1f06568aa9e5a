"""Keeping what strangers sent: the original as it came, under one key, and a copy made anew, under another."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.conf import settings

from arasha.kernel.vault.actions.files import TABLE
from arasha.kernel.vault.actions.scanning import Clamd, NoScanner, Scanner
from arasha.kernel.vault.actions.text import seal_bytes, seal_text
from arasha.kernel.vault.imaging import look_into, rasterise, redraw
from arasha.kernel.vault.keystore import custody, shelf
from arasha.kernel.vault.keystore.shelf import SERVED
from arasha.kernel.vault.models import KeptFile
from arasha.kernel.vault.rules import FileRefused, Place, Scope
from arasha.kernel.vault.rules.chunks import seal_stream
from arasha.kernel.vault.rules.filetypes import HEAD_BYTES, TAIL_BYTES, FileType, base_name, received_type, warning_of

PDF: Final = "application/pdf"
TEXT: Final = "text/plain"
INFECTED: Final = "infected"
UNKNOWN: Final = "application/octet-stream"
CONTROLS: Final = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127, *range(128, 160)))


@dataclass(frozen=True, slots=True)
class Received:
    """An original that lies sealed on the shelf. Its row is not written yet: its caller does that.

    `scanned` is `clean`, `not_configured` or `infected`; `warning` is `polyglot`, `active` or empty.
    """

    row: KeptFile
    kind: FileType | None
    warning: str
    scanned: str


class _Passing:
    """Counts, hashes and scans a file as it passes."""

    def __init__(self, pieces: Iterable[bytes], scanner: Scanner) -> None:
        self._pieces, self._scanner = pieces, scanner
        self.hash, self.size, self.head, self.tail = hashlib.sha256(), 0, b"", b""

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._pieces:
            self.size += len(piece)
            self.hash.update(piece)
            self._scanner.feed(piece)
            if len(self.head) < HEAD_BYTES:
                self.head = (self.head + piece)[:HEAD_BYTES]
            self.tail = (self.tail + piece)[-TAIL_BYTES:]
            yield piece


def keep_as_received(pieces: Iterable[bytes], *, scope: Scope, name: str, now: datetime) -> Received:
    """Seal a file as it comes and put it on the shelf, whatever it is: it may be evidence.

    FileRefused `scanner` when ARASHA_CLAMD is set and does not answer; then, and for every other error, nothing stays.
    """
    file, scanned = uuid4(), INFECTED
    scanner: Scanner = Clamd(settings.ARASHA_CLAMD) if settings.ARASHA_CLAMD else NoScanner()
    try:
        with scanner:
            passing = _Passing(pieces, scanner)
            _put(file, passing, scope)
            try:
                scanned = scanner.verdict()
            except FileRefused as refused:
                if refused.code != INFECTED:
                    raise
        kind = received_type(name, passing.head)
        row = _row(file, scope, base_name(name), passing.hash.digest(), now)
        row.content_type, row.size = kind.content_type if kind else UNKNOWN, passing.size
        row.scanned = scanned
    except BaseException:
        shelf().remove(file)
        raise
    return Received(row, kind, warning_of(kind, passing.head, passing.tail) if kind else "", scanned)


def keep_copy(content: bytes, original: Received, *, scope: Scope, name: str, now: datetime) -> KeptFile:
    """Draw a copy of an original anew, keep it sealed in another facet, and return its row, unsaved.

    FileRefused: `kind` (nothing here rewrites such a file), `macros`, `long`, `bomb`, `damaged`.
    """
    drawn = cleaned(content, original.kind)
    assert original.kind is not None  # noqa: S101  what has no kind is not cleaned
    row = _row(uuid4(), scope, name + original.kind.endings[0], hashlib.sha256(drawn).digest(), now)
    row.content_type, row.size, row.scanned = original.kind.content_type, len(drawn), original.scanned
    try:
        _put(row.id, [drawn], scope)
    except BaseException:
        shelf().remove(row.id)
        raise
    return row


def cleaned(content: bytes, kind: FileType | None) -> bytes:
    """Return what is left of a file without what nobody sees: of a picture its pixels, of a PDF pictures of pages."""
    if kind is not None and kind.image:
        return redraw(content, kind.content_type)
    if kind is not None and kind.content_type == PDF:
        return rasterise(content)
    if kind is not None and kind.content_type == TEXT:
        try:
            return content.decode("utf-8-sig").translate(CONTROLS).encode()
        except UnicodeDecodeError:
            raise FileRefused("damaged") from None
    if kind is not None and kind.container:
        look_into(content, kind.content_type)
    raise FileRefused("kind")


def remove_kept(file: UUID) -> None:
    """Take a file's content from the shelf for good. What is left of it in a backup goes when that backup goes."""
    shelf().remove(file)


def _row(file: UUID, scope: Scope, name: str, digest: bytes, now: datetime) -> KeptFile:
    row = KeptFile(id=file, dossier_id=scope.key, facet=scope.bit, reencoded=False, created_at=now)
    row.sealed_name = seal_text(name, column="sealed_name", scope=scope, table=TABLE, row=file)
    row.sealed_sha256 = seal_bytes(digest, column="sealed_sha256", scope=scope, table=TABLE, row=file)
    return row


def _put(file: UUID, pieces: Iterable[bytes], scope: Scope) -> None:
    key = custody().key_for_sealing(scope)
    shelf().put(file, SERVED, seal_stream(key, pieces, Place(scope, TABLE, SERVED, file)))
