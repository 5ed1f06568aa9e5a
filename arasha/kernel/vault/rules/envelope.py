"""Sealing and opening one value: AES-256-GCM, bound to the place where it stands.

An envelope is: format (1 byte, 1) · version (2 bytes) · nonce (12) · ciphertext and tag.
The plaintext is its length (4 bytes), itself, and zeros up to a multiple of 64 bytes, so that short answers
of different length look alike. The additional data name scope, table, column, row, facet and version.
"""

import os
import struct
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NoReturn
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.vault.rules.errors import SealBroken
from arasha.kernel.vault.rules.scope import Scope

FORMAT: Final = 1
HEADER: Final = struct.Struct(">BH")
NONCE: Final = 12
BLOCK: Final = 64
KEY_BYTES: Final = 32


class DataKey:
    """A key in the clear, in memory only: it cannot be printed, compared by accident or pickled."""

    __slots__ = ("_aead", "_raw")

    def __init__(self, raw: bytes) -> None:
        """Take 32 bytes; anything else raises ValueError without saying what it was."""
        if len(raw) != KEY_BYTES:
            raise ValueError("a key has 32 bytes")
        self._raw = raw
        self._aead = AESGCM(raw)

    def __repr__(self) -> str:
        return "<key>"

    def __reduce__(self) -> NoReturn:
        raise TypeError("a key is not to be stored")

    @property
    def raw(self) -> bytes:
        """The key's bytes, for wrapping and for deriving a file's key."""
        return self._raw

    @property
    def aead(self) -> AESGCM:
        """The cipher under this key."""
        return self._aead


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value stands. Moved anywhere else, it does not open."""

    scope: Scope
    table: str
    column: str
    row: UUID | int | str

    def binding(self, version: int) -> bytes:
        """Return the additional data; each part is preceded by its length, so no two places share one."""
        scope = self.scope
        return joined(
            ["arasha.seal.1", scope.kind, str(scope.key), scope.facet, self.table, self.column, str(self.row)],
            version,
        )


@dataclass(frozen=True, slots=True)
class CopyPlace:
    """Where a backup's file stands: in the backup of this name, under this name. Moved, it does not open."""

    backup: str
    name: str

    def binding(self, version: int) -> bytes:
        """Return the additional data."""
        return joined(["arasha.copy.1", self.backup, self.name], version)


@dataclass(frozen=True, slots=True)
class ParcelPlace:
    """A file on its way from the public, under its random id, until it was opened. Moved, it does not open."""

    parcel: UUID

    def binding(self, version: int) -> bytes:
        """Return the additional data."""
        return joined(["arasha.parcel.1", str(self.parcel)], version)


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed value together with its place, as `open_many` takes it."""

    blob: bytes | memoryview
    scope: Scope
    table: str
    column: str
    row: UUID | int | str

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.scope, self.table, self.column, self.row)


def joined(parts: Iterable[str], number: int) -> bytes:
    """Return the parts, each after its length, and the number, as one unambiguous string of bytes."""
    encoded = [part.encode() for part in parts]
    return b"".join(struct.pack(">H", len(part)) + part for part in encoded) + struct.pack(">I", number)


@sensitive_variables()
def seal(key: DataKey, plain: bytes, place: Place, version: int) -> bytes:
    """Return the envelope of a plaintext. `version` is the column's format, 0 to 65535."""
    padding = -(4 + len(plain)) % BLOCK
    nonce = os.urandom(NONCE)
    padded = struct.pack(">I", len(plain)) + plain + bytes(padding)
    return HEADER.pack(FORMAT, version) + nonce + key.aead.encrypt(nonce, padded, place.binding(version))


@sensitive_variables()
def unseal(key: DataKey, blob: bytes | memoryview, place: Place) -> bytes:
    """Return the plaintext of an envelope; SealBroken when it was not sealed with this key for this place."""
    blob = bytes(blob)
    if len(blob) < HEADER.size + NONCE + 16 or blob[0] != FORMAT:
        raise SealBroken("not an envelope of the vault")
    _format, version = HEADER.unpack_from(blob)
    body = HEADER.size + NONCE
    try:
        padded = key.aead.decrypt(blob[HEADER.size : body], blob[body:], place.binding(version))
    except InvalidTag:
        padded = b""
    if not padded:
        raise SealBroken(f"sealed value does not open in {place.table}.{place.column}")
    (length,) = struct.unpack_from(">I", padded)
    return padded[4 : 4 + length]


@sensitive_variables()
def wrap(wrapping: DataKey, key: DataKey, scope: Scope, version: int) -> bytes:
    """Return the data key encrypted under a wrapping key of this version, bound to its scope."""
    nonce = os.urandom(NONCE)
    return nonce + wrapping.aead.encrypt(nonce, key.raw, wrap_binding(scope, version))


@sensitive_variables()
def unwrap(wrapping: DataKey, wrapped: bytes, scope: Scope, version: int) -> DataKey | None:
    """Return the data key, or None when the wrapping key is not the right one or the bytes were altered."""
    if len(wrapped) != NONCE + KEY_BYTES + 16:
        return None
    try:
        return DataKey(wrapping.aead.decrypt(wrapped[:NONCE], wrapped[NONCE:], wrap_binding(scope, version)))
    except InvalidTag:
        return None


def wrap_binding(scope: Scope, version: int) -> bytes:
    """Return the additional data of a wrapped key."""
    return joined(["arasha.wrap.1", scope.kind, str(scope.key), scope.facet, scope.ring], version)
