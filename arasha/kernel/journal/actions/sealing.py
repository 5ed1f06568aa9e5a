"""Sealing: every minute a signed root over what no seal covers yet, sent out of the database."""

import hashlib
import logging
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import DatabaseError, connections, transaction

from arasha.kernel.journal.exporters import Exporter, configured
from arasha.kernel.journal.rules import Leaf, SealFile, SealText, from_database, in_order, merkle_root, moment_text

log = logging.getLogger(__name__)

BATCH = 50_000


class SealKeyMissing(Exception):
    """The database has seals, but the key that signed them is not where ARASHA_KEYS says."""


def seal_once(*, now: datetime, using: str = "default", limit: int = BATCH, least: int = 0) -> SealText | None:
    """Seal up to `limit` acts, and as many rows of each log table; None when nothing waited.

    Whoever calls it is in a context of the system (or logs in as the owner); NotTheSealer otherwise. One sealer at
    a time, others wait. What commits later, however old its number, is sealed by the next call. SealKeyMissing when
    there are seals and no key. `least`, for the owner: the smallest number that the seal may have.
    """
    try:
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            if least:
                cursor.execute("SELECT seal, source, row_key, hash FROM journal.claim_from(%s, %s)", [limit, least])
            else:
                cursor.execute("SELECT seal, source, row_key, hash FROM journal.claim_unsealed(%s)", [limit])
            claimed = cursor.fetchall()
            if not claimed:
                return None
            number = claimed[0][0]
            cursor.execute("SELECT journal.last_seal()")
            previous = bytes(cursor.fetchone()[0])
            key = signing_key(make=number == 1)
            leaves = [Leaf(source, row_key, bytes(value)) for _, source, row_key, value in claimed]
            root = merkle_root(in_order(leaves))
            text = SealText(number, moment_text(now), len(leaves), root.hex(), previous.hex(), key_name(key))
            cursor.execute(
                "SELECT journal.record_seal("
                "%s::bigint, %s::timestamptz, %s::bigint, %s::bytea, %s, %s::bytea, %s::bytea)",
                [number, now, len(leaves), root, text.key, key.sign(text.signed()), text.hash()],
            )
            return text
    except DatabaseError as error:
        raise from_database(error) from error


def export_seals(*, using: str = "default", exporters: Iterable[Exporter] | None = None) -> list[str]:
    """Send out every seal that an exporter has not sent, in order; returns the names of exporters that failed.

    Call it in a later transaction than `seal_once`, so that nothing leaves that is then rolled back.
    """
    failed = []
    for exporter in configured() if exporters is None else exporters:
        try:
            _export(exporter, using)
        except OSError as error:  # mail's errors are OSErrors, too
            log.warning("seals could not be sent out", extra={"exporter": exporter.name, "error": type(error).__name__})
            failed.append(exporter.name)
    return failed


def _export(exporter: Exporter, using: str) -> None:
    """Send one exporter's missing seals and note each."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT number, at, leaves, root, previous, key, signature FROM journal.unexported(%s)", [exporter.name]
        )
        for number, at, count, root, previous, key, signature in cursor.fetchall():
            cursor.execute("SELECT source, row_key, hash FROM journal.sealed_rows(%s::bigint)", [number])
            leaves = [Leaf(source, row_key, bytes(value)) for source, row_key, value in cursor.fetchall()]
            text = SealText(number, moment_text(at), count, bytes(root).hex(), bytes(previous).hex(), key)
            exporter.send(SealFile(text, bytes(signature), leaves), public_key())
            cursor.execute("SELECT journal.mark_exported(%s, %s::bigint)", [exporter.name, number])


def key_file() -> Path:
    """Return where the signing key lies: outside the database, readable by one account."""
    return Path(settings.ARASHA_KEYS) / "seal_key"


def signing_key(*, make: bool = False) -> Ed25519PrivateKey:
    """Return the key that signs seals; with `make` a new one is made when there is none (folder 0700, file 0600)."""
    path = key_file()
    if not path.exists():
        if not make:
            raise SealKeyMissing("the key that signs seals is missing; ARASHA_KEYS names its folder")
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(Ed25519PrivateKey.generate().private_bytes_raw())
            file.flush()
            os.fsync(descriptor)
    return Ed25519PrivateKey.from_private_bytes(path.read_bytes())


def public_key() -> bytes:
    """Return the public half, which goes out with the seals."""
    return signing_key().public_key().public_bytes_raw()


def key_name(key: Ed25519PrivateKey) -> str:
    """Return what seals call the key: the beginning of its public half's hash."""
    return hashlib.sha256(key.public_key().public_bytes_raw()).hexdigest()[:16]
