"""What a code makes: by what its mailbox is found, and the key to which its answers are sealed."""

import hashlib
import json
from collections.abc import Sequence
from typing import Final

from django.views.decorators.debug import sensitive_variables

from arasha.kernel.vault.rules import blind_index, open_letter, public_half, seal_letter

# 4 MiB and some 10 ms a try: the code has 72 random bits, so one salt for all is enough, and more work would only keep
# the public waiting. Who has the database would need each of 2^72 codes tried at this price.
COST: Final = {"n": 2**12, "r": 8, "p": 1, "maxmem": 2**24, "dklen": 32}
SALT: Final = b"arasha.code.1"
ANSWER: Final = "arasha.answer.1"


@sensitive_variables()
def fingerprint(code: Sequence[str], key: bytes) -> bytes:
    """Return by what a mailbox is found; without the key it says nothing of the code."""
    return blind_index(" ".join(code), key)


@sensitive_variables()
def private_of(code: Sequence[str]) -> bytes:
    """Return the private half that a code makes (scrypt, RFC 7914). It is kept nowhere."""
    return hashlib.scrypt(" ".join(code).encode(), salt=SALT, **COST)


def public_of(code: Sequence[str]) -> bytes:
    """Return the public half, which is kept in the mailbox."""
    return public_half(private_of(code))


@sensitive_variables()
def seal_answer(public: bytes, words: str, day: str) -> bytes:
    """Return an answer and its day (ISO 8601) sealed to a code's public half. Raises LetterTooLong."""
    return seal_letter(public, json.dumps({"words": words, "day": day}, ensure_ascii=False).encode(), about=ANSWER)


@sensitive_variables()
def open_answer(private: bytes, sealed: bytes) -> tuple[str, str]:
    """Return the words of an answer and its day. Raises SealBroken."""
    said = json.loads(open_letter(private, sealed, about=ANSWER))
    return said["words"], said["day"]
