"""Letters: sealed by somebody who can't open them, to a key whose private half lies elsewhere (HPKE, RFC 9180).

What the public's pages take in is a letter: the process that serves those pages, and whoever takes it over, reads none
that came before. A letter is: format (1 byte, 1) · HPKE's own bytes. Inside is the length (4 bytes), the words, and
zeros up to one of a few sizes, so that a letter's length says next to nothing.
"""

import struct
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.views.decorators.debug import sensitive_variables

from arasha.kernel.vault.rules.errors import SealBroken

FORMAT: Final = b"\x01"
SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
SIZES: Final = (1024, 4096, 16384, 65536)


class LetterTooLong(ValueError):
    """The words are longer than the largest letter."""


def public_half(private: bytes) -> bytes:
    """Return the 32 bytes to seal letters with; `private` are any 32 random bytes."""
    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


@sensitive_variables()
def seal_letter(public: bytes, words: bytes, *, about: str, size: int = 0) -> bytes:
    """Return the letter. `about` binds it to its purpose and place; `size` pads it to that many bytes, else to a step.

    Raises LetterTooLong.
    """
    least = len(words) + 4
    fitting = [step for step in ((size,) if size else SIZES) if step >= least]
    if not fitting:
        raise LetterTooLong(f"{len(words)} bytes")
    padded = struct.pack(">I", len(words)) + words + bytes(fitting[0] - least)
    return FORMAT + SUITE.encrypt(padded, X25519PublicKey.from_public_bytes(public), info=about.encode())


@sensitive_variables()
def open_letter(private: bytes, letter: bytes | memoryview, *, about: str) -> bytes:
    """Return the words. Raises SealBroken for what was altered, moved, or sealed to another key."""
    letter = bytes(letter)
    if letter[:1] != FORMAT:
        raise SealBroken("not a letter of the vault")
    try:
        padded = SUITE.decrypt(letter[1:], X25519PrivateKey.from_private_bytes(private), info=about.encode())
    except (InvalidTag, ValueError):
        raise SealBroken("a letter does not open") from None
    (length,) = struct.unpack_from(">I", padded)
    return padded[4 : 4 + length]
