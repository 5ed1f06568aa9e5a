"""The numbers on slips of paper: digits alone, which every keyboard and every child has."""

import re
import secrets
from typing import Final

from arasha.kernel.vault.rules import blind_index

DIGITS: Final = 12
NOT_A_DIGIT = re.compile(r"[\s\-–—.·]+")
SLIP = re.compile(rf"[0-9]{{{DIGITS}}}")


def new_slips(count: int) -> list[str]:
    """Return so many different random numbers: of 10^12, so that nobody finds one that was not given out."""
    drawn: set[str] = set()
    while len(drawn) < count:
        drawn.add("".join(secrets.choice("0123456789") for _ in range(DIGITS)))
    mixed = list(drawn)
    secrets.SystemRandom().shuffle(mixed)
    return mixed


def shown(slip: str) -> str:
    """Return a number as it stands on paper: 1234 5678 9012."""
    return " ".join(slip[start : start + 4] for start in range(0, DIGITS, 4))


def typed(text: str) -> str:
    """Return the number that somebody typed, spaces and dashes left out, or "" where it can't be one."""
    plain = NOT_A_DIGIT.sub("", text[:60])
    return plain if SLIP.fullmatch(plain) else ""


def fingerprint(slip: str, key: bytes) -> bytes:
    """Return the keyed hash by which a slip is found; the number itself is kept nowhere."""
    return blind_index(slip, key)
