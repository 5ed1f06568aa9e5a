"""Files of the public: sealed while they come in, by a process that can't open them, and put away piece by piece."""

import os
from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.views.decorators.debug import sensitive_variables

from arasha.doors.actions.posting import _call
from arasha.doors.rules import boxes
from arasha.doors.rules.parcels import PIECE, Enclosed, NoRoom, about_parcel
from arasha.kernel.vault.queries import code_key, letter_key
from arasha.kernel.vault.rules import DataKey, ParcelPlace, seal_letter
from arasha.kernel.vault.rules.chunks import StreamSealer


class Parcel:
    """One file while it comes in. Its key is in memory alone, for as long as this lasts; nothing of it is ever in clear
    on a disk."""

    @sensitive_variables()
    def __init__(self, *, name: str, intimate: bool) -> None:
        """Begin it. Raises NoRoom; DatabaseError, VaultError: nothing was kept."""
        self.id, key = uuid4(), os.urandom(32)
        version, public = letter_key()
        enclosed = Enclosed(key, name, intimate).to_json()
        letter = seal_letter(public, enclosed, about=about_parcel(self.id))
        if not _done("begin_parcel", self.id, version, letter):
            raise NoRoom
        self._sealer = StreamSealer(DataKey(key), ParcelPlace(self.id))
        self._sealed, self._number = bytearray(self._sealer.start), 0

    @sensitive_variables()
    def put(self, content: bytes) -> None:
        """Seal more of the file. Raises NoRoom, DatabaseError."""
        for chunk in self._sealer.feed(content):
            self._sealed += chunk
            if len(self._sealed) >= PIECE:
                self._away()

    def end(self) -> None:
        """The file came to its end: seal what is left. Raises NoRoom, DatabaseError."""
        self._sealed += self._sealer.end()
        self._away()
        if not _done("end_parcel", self.id):
            raise NoRoom

    def drop(self) -> None:
        """Take away what was put so far."""
        _done("drop_parcel", self.id)

    def _away(self) -> None:
        if not _done("put_piece", self.id, self._number, bytes(self._sealed)):
            raise NoRoom
        self._sealed, self._number = bytearray(), self._number + 1


def begin_parcel(*, name: str, intimate: bool) -> Parcel:
    """Begin to take a file in. Raises NoRoom, DatabaseError, VaultError."""
    return Parcel(name=name, intimate=intimate)


def drop_parcel(*, parcel: UUID) -> None:
    """Take a file away that was not sent yet; nothing happens when there is none. Raises DatabaseError."""
    _done("drop_parcel", parcel)


@sensitive_variables()
def send_parcels(*, code: Sequence[str], parcels: Sequence[UUID]) -> int:
    """Send files with what was told over a code; returns how many were still there. Raises DatabaseError."""
    if not parcels:
        return 0
    return int(_call("send_parcels", boxes.fingerprint(code, code_key()), list(parcels)))


@sensitive_variables()
def _done(function: str, *given: Any) -> Any:
    """Run a function by itself: a file comes in over minutes, and no transaction stays open for it."""
    with transaction.atomic():
        return _call(function, *given)
