"""Numbers of certificates: fifteen random characters and one that checks them, without any that look alike."""

import hashlib
import hmac
from typing import Final
from uuid import UUID

from arasha.kernel.vault.rules import blind_index

# Crockford's Base 32: no I, L, O, U. 15 of these are 75 bits.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 16
LONGEST_TYPED: Final = 60
# What is read from paper or typed on a Cyrillic keyboard for the character that it looks like.
ALIKE: Final = str.maketrans("ILOАВСЕНКМОРТХУ", "110ABCEHKM0PTXY")


def new_number(ticket: UUID, key: bytes) -> str:
    """Return the number that belongs to a page's ticket: sent twice, it is one certificate with one number.

    Nobody works it out without the key, and the ticket is kept nowhere.
    """
    drawn = int.from_bytes(hmac.new(key, ticket.bytes, hashlib.sha256).digest()[:10], "big") >> 5
    plain = "".join(ALPHABET[(drawn >> (5 * place)) & 31] for place in range(LENGTH - 1))
    return plain + _check(plain)


def shown(number: str) -> str:
    """Return a number as it stands on paper: 4F7K-29QX-M0TB-81ZC."""
    return "-".join(number[start : start + 4] for start in range(0, LENGTH, 4))


def typed(text: str) -> str:
    """Return what somebody typed as a number would be written: capitals, look-alikes read as meant, no dashes."""
    plain = text[:LONGEST_TYPED].upper().translate(ALIKE)
    return "".join(one for one in plain if one.isalnum())


def is_whole(number: str) -> bool:
    """Say whether the last character agrees with the others; one that is wrong is always told.

    Only who issues certificates is told so: the public's page says the same of what is mistyped and what never was.
    """
    return len(number) == LENGTH and set(number) <= set(ALPHABET) and _check(number[:-1]) == number[-1]


def fingerprint(number: str, key: bytes) -> bytes:
    """Return the keyed hash by which a certificate is found; the number itself is kept nowhere."""
    return blind_index(number, key)


def _check(plain: str) -> str:
    """Return the character that checks: weights 1, 3, 5 … are odd, so none of them loses a single wrong character."""
    return ALPHABET[sum((2 * place + 1) * ALPHABET.index(one) for place, one in enumerate(plain)) % 32]
