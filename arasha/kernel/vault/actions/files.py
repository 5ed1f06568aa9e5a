"""Keeping files: looked at, scanned, sealed as they stream in, never in clear on a disk."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import BinaryIO, Final
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connections

from arasha.kernel.vault.actions.scanning import Clamd, NoScanner, Scanner
from arasha.kernel.vault.actions.text import seal_bytes, seal_text
from arasha.kernel.vault.imaging import look_into, redraw
from arasha.kernel.vault.keystore import custody, shelf
from arasha.kernel.vault.keystore.shelf import ORIGINAL, SERVED
from arasha.kernel.vault.models import KeptFile
from arasha.kernel.vault.rules import FileRefused, Place, Scope
from arasha.kernel.vault.rules.chunks import seal_stream
from arasha.kernel.vault.rules.filetypes import HEAD_BYTES, TAIL_BYTES, FileType, base_name, type_of

PIECE: Final = 1 << 16
ORPHAN_AGE: Final = timedelta(hours=24)
AT_ONCE: Final = 500
TABLE: Final = "vault_keptfile"


def keep_file(stream: BinaryIO, *, scope: Scope, name: str, now: datetime, using: str = "default") -> KeptFile:
    """Keep a file sealed in a dossier's facet and return its row; the caller's act is open.

    Pictures are drawn anew without metadata; what was received is kept beside, for evidence. Office documents
    are looked into; PDF, sound and film are kept as they are and only ever leave as attachments.
    Raises FileRefused with a code: `empty`, `name`, `too_large` (ARASHA_FILE_LIMIT), `type`, `mismatch`, `active`,
    `polyglot`, `bomb`, `damaged`, `macros`, `infected`, `scanner` (ARASHA_CLAMD is set and does not answer).
    """
    if scope.kind != "dossier":
        raise ValueError("files are kept in a dossier")
    intake, file = Intake(stream, name), uuid4()
    scanner: Scanner = Clamd(settings.ARASHA_CLAMD) if settings.ARASHA_CLAMD else NoScanner()
    try:
        with scanner:
            size = _shelve(intake, scope, file, scanner)
            scanned = intake.scanned
        return KeptFile.objects.using(using).create(
            id=file,
            dossier_id=scope.key,
            facet=scope.bit,
            content_type=intake.kind.content_type,
            size=size,
            sealed_name=seal_text(base_name(name), column="sealed_name", scope=scope, table=TABLE, row=file),
            sealed_sha256=seal_bytes(intake.hash.digest(), column="sealed_sha256", scope=scope, table=TABLE, row=file),
            reencoded=intake.kind.image,
            scanned=scanned,
            created_at=now,
        )
    except BaseException:
        shelf().remove(file)
        raise


class Intake:
    """A file on its way in: counted, hashed and scanned as it passes; its end decides whether it may stay."""

    def __init__(self, stream: BinaryIO, name: str) -> None:
        """Read the first bytes and tell the kind by them; FileRefused as `keep_file` says."""
        self._stream, self._name = stream, name
        self._head = _read_fully(stream, HEAD_BYTES)
        if not self._head:
            raise FileRefused("empty")
        self.kind: FileType = type_of(name, self._head, b"")
        self.hash, self.size, self.scanned = hashlib.sha256(), 0, ""

    def pieces(self, scanner: Scanner) -> Iterator[bytes]:
        """Yield the file; at its end raise FileRefused when it may not stay."""
        piece, tail = self._head, b""
        while piece:
            self.size += len(piece)
            if self.size > settings.ARASHA_FILE_LIMIT:
                raise FileRefused("too_large")
            self.hash.update(piece)
            scanner.feed(piece)
            tail = (tail + piece)[-TAIL_BYTES:]
            yield piece
            piece = self._stream.read(PIECE)
        type_of(self._name, self._head, tail)
        self.scanned = scanner.verdict()


def _shelve(intake: Intake, scope: Scope, file: UUID, scanner: Scanner) -> int:
    """Put the sealed file on the shelf; return the size in bytes of what will be served."""
    if not (intake.kind.image or intake.kind.container):
        _put(file, SERVED, intake.pieces(scanner), scope)
        return intake.size
    content = b"".join(intake.pieces(scanner))
    if intake.kind.container:
        look_into(content, intake.kind.content_type)
        _put(file, SERVED, [content], scope)
        return intake.size
    drawn = redraw(content, intake.kind.content_type)
    _put(file, ORIGINAL, [content], scope)
    _put(file, SERVED, [drawn], scope)
    return len(drawn)


def _put(file: UUID, copy: str, pieces: Iterable[bytes], scope: Scope) -> None:
    key = custody().key_for_sealing(scope)
    shelf().put(file, copy, seal_stream(key, pieces, Place(scope, TABLE, copy, file)))


def _read_fully(stream: BinaryIO, most: int) -> bytes:
    content = b""
    while len(content) < most and (more := stream.read(most - len(content))):
        content += more
    return content


def sweep_files(*, now: datetime, using: str = "default") -> int:
    """Remove stored files that no row needs (rolled back, crashed, erased); return how many. Run it daily.

    Only what is older than a day: a younger one may belong to a transaction still open.
    """
    stored = shelf()
    found: dict[UUID, None] = {}
    for path in stored.older_than((now - ORPHAN_AGE).timestamp()):
        if path.name.endswith(".part"):
            path.unlink()
            continue
        found[UUID(path.name.partition(".")[0])] = None
    gone, ids = 0, list(found)
    for start in range(0, len(ids), AT_ONCE):
        with connections[using].cursor() as cursor:
            cursor.execute("SELECT vault.orphans(%s::uuid[])", [ids[start : start + AT_ONCE]])
            orphans = [row[0] for row in cursor.fetchall()]
        for file in orphans:
            stored.remove(file)
        gone += len(orphans)
    return gone
