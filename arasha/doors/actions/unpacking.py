"""Opening files of the public, as the worker: each is kept as evidence of the dossier that its letter became."""

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.views.decorators.debug import sensitive_variables

from arasha.doors import policy
from arasha.doors.rules.parcels import Enclosed, about_parcel
from arasha.evidence.actions import keep_evidence
from arasha.kernel.access.rules import Actor
from arasha.kernel.vault.queries import read_letter
from arasha.kernel.vault.rules import DataKey, ParcelPlace
from arasha.kernel.vault.rules.chunks import open_stream

log = logging.getLogger(__name__)


def open_parcel(*, actor: Actor, now: datetime) -> bool:
    """Keep the eldest file whose dossier is known; False where none waits.

    One that can't be kept now (the scanner is silent, the disk is full) is left, said in the log without a word of it,
    and tried again. Raises NotAllowed for all but the clock's work.
    """
    if not policy.may_open_letters(actor):
        raise policy.NotAllowed
    row = _row("SELECT id, version, sealed, pieces, dossier, received_at FROM doors.take_parcel()")
    if row is None:
        return False
    try:
        with transaction.atomic():
            _kept(actor, row, now)
            _row("SELECT doors.parcel_opened(%s)", row[0])
    except Exception as error:
        log.error("a file was left: %s", type(error).__name__)
        _row("SELECT doors.parcel_left(%s)", row[0])
    return True


def sweep_parcels(*, actor: Actor, now: datetime) -> int:
    """Take away what was begun and never sent; return how many files that were. Raises NotAllowed."""
    if not policy.may_open_letters(actor):
        raise policy.NotAllowed
    found = _row("SELECT doors.sweep_parcels()")
    return int(found[0]) if found else 0


@sensitive_variables()
def _kept(actor: Actor, row: tuple[Any, ...], now: datetime) -> None:
    parcel, version, sealed, pieces, dossier, received_at = row
    enclosed = Enclosed.from_json(read_letter(version, sealed, about=about_parcel(parcel)))
    keep_evidence(
        actor=actor,
        dossier=dossier,
        pieces=open_stream(DataKey(enclosed.key), _reader(parcel, pieces), ParcelPlace(parcel)),
        name=enclosed.name,
        intimate=enclosed.intimate,
        received_at=received_at,
        now=now,
    )


def _reader(parcel: UUID, pieces: int) -> Callable[[int], bytes]:
    """Return a function that reads a sealed file from its pieces, one at a time."""
    waiting, following = bytearray(), iter(range(pieces))

    def read(most: int) -> bytes:
        while len(waiting) < most and (number := next(following, None)) is not None:
            found = _row("SELECT doors.parcel_piece(%s, %s)", parcel, number)
            waiting.extend(found[0] if found and found[0] is not None else b"")
        taken = bytes(waiting[:most])
        del waiting[:most]
        return taken

    return read


def _row(query: str, *given: Any) -> tuple[Any, ...] | None:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        found: tuple[Any, ...] | None = cursor.fetchone()
    return found
