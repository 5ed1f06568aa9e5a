"""The numbers of invitations, and what one of them opens.

What a number opens is sealed under the number itself: service, age, and a letter to the worker that says whose file it
was. The database holds no key for it, and the process of the public pages can open the slip but not the letter.
"""

import hmac
import json
import re
import secrets
from dataclasses import asdict, dataclass
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from arasha.kernel.vault.rules import derive

DIGITS: Final = 16
NOT_A_DIGIT: Final = re.compile(r"[\s\-–—.·]+")
NUMBER: Final = re.compile(rf"[0-9]{{{DIGITS}}}")
ANSWERS_SIZE: Final = 512
WORDS_SIZE: Final = 16384
# What the way to a file is bound to.
FILE: Final = "feedback:file"


@dataclass(frozen=True, slots=True)
class Opening:
    """What a number opens. `link` is the sealed way to the file (hex), `version` the key's that it is sealed to."""

    offering: str
    age: str
    link: str
    version: int


@dataclass(frozen=True, slots=True)
class Said:
    """What goes in a letter of words: the service, the words, whether help was asked for, the way to the file."""

    offering: str
    language: str
    words: str
    help: bool
    link: str
    version: int

    def to_json(self) -> bytes:
        """Return it as it stands in a letter."""
        return json.dumps(asdict(self), ensure_ascii=False).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "Said":
        """Return what a letter says. Raises ValueError, TypeError for what is none."""
        return cls(**json.loads(text))


def new_number() -> str:
    """Return a new random number of 10^16."""
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def shown(number: str) -> str:
    """Return a number as it stands on paper: 1234 5678 9012 3456."""
    return " ".join(number[start : start + 4] for start in range(0, DIGITS, 4))


def typed(text: str) -> str:
    """Return the number that somebody typed, spaces and dashes left out, or "" where it can't be one."""
    plain = NOT_A_DIGIT.sub("", text[:80])
    return plain if NUMBER.fullmatch(plain) else ""


def fingerprint(number: str, key: bytes) -> bytes:
    """Return the keyed hash by which a slip is found."""
    return _keyed(number, key, "find")[:16]


def answers_id(number: str, key: bytes) -> UUID:
    """Return under which id the closed answers lie: the same for the same number, so that they count once."""
    return UUID(bytes=_keyed(number, key, "answers")[:16], version=4)


def seal_slip(number: str, opening: Opening, key: bytes) -> bytes:
    """Return what a number opens, sealed under it."""
    nonce = secrets.token_bytes(12)
    plain = json.dumps(asdict(opening)).encode()
    return nonce + AESGCM(_keyed(number, key, "seal")).encrypt(nonce, plain.ljust(1024), b"feedback")


def open_slip(number: str, sealed: bytes, key: bytes) -> Opening | None:
    """Return what a number opens; None where it does not."""
    try:
        plain = AESGCM(_keyed(number, key, "seal")).decrypt(sealed[:12], sealed[12:], b"feedback")
    except InvalidTag:
        return None
    return Opening(**json.loads(plain))


def about(kind: str, letter: UUID | str) -> str:
    """Return what a letter is bound to: its kind and its row."""
    return f"feedback:{kind}:{letter}"


def _keyed(number: str, key: bytes, purpose: str) -> bytes:
    return hmac.digest(derive(key, f"arasha.participation.{purpose}.1"), number.encode(), "sha256")
