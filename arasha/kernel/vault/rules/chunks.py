"""Sealing files piece by piece, so that no file need be in memory, and no piece can be cut, swapped or repeated.

A sealed file is: mark (4 bytes) · salt (32) · chunks. Each chunk but the last holds 64 KiB of plaintext.
The file's own key comes from the data key and the salt; a chunk's nonce is its number and whether it is the last.
"""

import os
import struct
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from arasha.kernel.vault.rules.blind import derive
from arasha.kernel.vault.rules.envelope import CopyPlace, DataKey, ParcelPlace, Place
from arasha.kernel.vault.rules.errors import SealBroken

Bound = Place | CopyPlace | ParcelPlace
MARK: Final = b"AVF1"
SALT: Final = 32
CHUNK: Final = 65_536
TAG: Final = 16
VERSION: Final = 1


def seal_stream(key: DataKey, pieces: Iterable[bytes], place: Bound) -> Iterator[bytes]:
    """Yield the sealed file of a plaintext that comes in pieces of any size."""
    sealer = StreamSealer(key, place)
    yield sealer.start
    for piece in pieces:
        yield from sealer.feed(piece)
    yield sealer.end()


class StreamSealer:
    """The same for who is given the pieces one by one: `start`, what `feed` gives, `end`, in this order."""

    def __init__(self, key: DataKey, place: Bound) -> None:
        """Begin a sealed file."""
        salt = os.urandom(SALT)
        self._cipher, self._binding = _cipher(key, salt), place.binding(VERSION)
        self._waiting, self._number = bytearray(), 0
        self.start = MARK + salt

    def feed(self, piece: bytes) -> Iterator[bytes]:
        """Take a piece and yield the chunks that are full; run it to its end."""
        self._waiting += piece
        while len(self._waiting) > CHUNK:  # one is always kept back: the last must be known as such
            yield self._sealed(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]

    def end(self) -> bytes:
        """Return the last chunk."""
        return self._sealed(bytes(self._waiting), last=True)

    def _sealed(self, chunk: bytes, *, last: bool) -> bytes:
        sealed = self._cipher.encrypt(_nonce(self._number, last=last), chunk, self._binding)
        self._number += 1
        return sealed


def open_stream(key: DataKey, read: Callable[[int], bytes], place: Bound) -> Iterator[bytes]:
    """Yield the plaintext in pieces, each proven before it is given out; SealBroken when one is not as sealed.

    A file cut short fails at its end, after what stands before the cut has been given out.
    """
    start = read(len(MARK) + SALT)
    if len(start) != len(MARK) + SALT or not start.startswith(MARK):
        raise SealBroken("not a file that the vault sealed")
    cipher, binding = _cipher(key, start[len(MARK) :]), place.binding(VERSION)
    number, sealed = 0, read(CHUNK + TAG)
    while True:
        following = read(CHUNK + TAG)
        try:
            plain = cipher.decrypt(_nonce(number, last=not following), sealed, binding)
        except InvalidTag:
            plain = None
        if plain is None:
            raise SealBroken(f"a kept file does not open at chunk {number}")
        yield plain
        if not following:
            return
        number, sealed = number + 1, following


def _cipher(key: DataKey, salt: bytes) -> AESGCM:
    return AESGCM(derive(key.raw, "arasha.file.1", salt))


def _nonce(number: int, *, last: bool) -> bytes:
    return struct.pack(">QxxxB", number, last)
