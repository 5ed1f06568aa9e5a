"""A receipt's code and phrase: what a reporter can show for a duty done, and nobody can guess."""

import hashlib
import re
import secrets
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

# Crockford's letters: no I, L, O, U, so that nothing is read for something else.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # pragma: allowlist secret
CODE_LETTERS, CHECK_LETTERS, GROUP = 16, 2, 6  # 16 letters of 5 bits: 80 random bits
PRIME = 1021  # the largest below the 1024 values that two letters have
PHRASE_GROUPS, PHRASE_GROUP = 3, 4
LEAST_PHRASE, MOST_PHRASE = 8, 200
SALT = 16
# About a tenth of a second and 32 MB: dear for whoever tries phrases, nothing for who asks once.
COST = {"n": 2**15, "r": 8, "p": 1}
# Letters that look alike, of the Latin and of the Cyrillic alphabet, as people type what they read from paper.
ALIKE = str.maketrans("ILOUАВЕНКМРСТХОЗУ", "110VABEHKMPCTX03Y")
SPACES = re.compile(r"[\s\u2010-\u2015-]+")


class CodeMistyped(ValueError):
    """The code has letters too many, too few or wrong: its own check says so, whatever receipts there are."""


class SenderState(StrEnum):
    """What the sender of a report hears of it, and nothing more."""

    RECEIVED = "received"
    WORKED_ON = "worked_on"
    FINISHED = "finished"


@dataclass(frozen=True)
class Delivery:
    """One notice: to which unit, under which number, when it was delivered; without that moment it was not."""

    unit: str
    number: str
    delivered_at: datetime | None


@dataclass(frozen=True)
class Shown:
    """What a receipt shows: the day, the door, what came of it, where it lies and was delivered. No child, no word."""

    receipt: str
    on: date
    door: str
    state: SenderState
    holder: str
    deliveries: Sequence[Delivery] = ()


def new_code() -> str:
    """Return a fresh code with its check, without groups."""
    body = "".join(secrets.choice(LETTERS) for _ in range(CODE_LETTERS))
    return body + _check(body)


def new_phrase() -> str:
    """Return a phrase for somebody who did not choose one: 60 random bits in three groups."""
    letters = LETTERS.lower()
    groups = ("".join(secrets.choice(letters) for _ in range(PHRASE_GROUP)) for _ in range(PHRASE_GROUPS))
    return " ".join(groups)


def grouped(code: str) -> str:
    """Return the code as it is written: three groups of six."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def read_code(typed: str) -> str:
    """Return the code that was typed: case, spaces, dashes and look-alikes do not matter. Raises CodeMistyped."""
    code = SPACES.sub("", unicodedata.normalize("NFKC", typed)).upper().translate(ALIKE)
    body, check = code[:CODE_LETTERS], code[CODE_LETTERS:]
    if len(body) != CODE_LETTERS or set(code) - set(LETTERS) or check != _check(body):
        raise CodeMistyped
    return code


def plain_phrase(typed: str) -> str:
    """Return a phrase as it is compared: case, width and runs of spaces do not matter."""
    return " ".join(unicodedata.normalize("NFKC", typed).casefold().split())


def slow_hash(code: str, phrase: str, salt: bytes) -> bytes:
    """Return 32 bytes that only code and phrase together give (scrypt)."""
    return Scrypt(salt=salt, length=32, **COST).derive(f"{code}|{phrase}".encode())


def new_ticket() -> str:
    """Return a fresh name for one form, so that sending it twice is telling once."""
    return secrets.token_urlsafe(24)


def file_of(ticket: str) -> UUID:
    """Return the file that a form's ticket leads to: the same form sent twice meets itself, and nothing else.

    Hashed, so that nobody can choose the file that they would meet.
    """
    return UUID(bytes=hashlib.sha256(b"arasha.report:" + ticket.encode()).digest()[:16], version=4)


def sender_state(signal_state: str, *, file_closed: bool) -> SenderState:
    """Return what the sender hears of a signal in a state: never which decision it was."""
    if signal_state == "waiting":
        return SenderState.RECEIVED
    return SenderState.FINISHED if signal_state == "closed" or file_closed else SenderState.WORKED_ON


def _check(body: str) -> str:
    """Return two letters that differ whenever one letter was mistaken or two neighbours were exchanged.

    The code as a number modulo a prime: neither one letter's difference nor that of an exchange can be a multiple.
    """
    number = 0
    for letter in body:
        number = number * len(LETTERS) + LETTERS.find(letter)
    number %= PRIME
    return "".join(LETTERS[(number >> shift) & 31] for shift in (5, 0))
