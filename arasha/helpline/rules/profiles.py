"""Callers who wish to be known again: the word they choose, and flags that end."""

import unicodedata
from datetime import datetime, timedelta
from typing import Final

from arasha.helpline.rules.codes import DATA
from arasha.ui.rules import CodeList

FLAGS: Final = CodeList(DATA / "profile_flags.csv")
LONGEST_NOTE: Final = 600
SHORTEST_WORD: Final = 8
LONGEST_WORD: Final = 80
# So many words may be tried in one contact: who guesses does not find another caller.
MOST_TRIES: Final = 5


class WordWeak(ValueError):
    """The word is too short, too long, or a number that somebody else could know."""


def checked_word(typed: str) -> str:
    """Return a caller's word as it is compared: case, signs and spaces don't count.

    Raises WordWeak: too short, or digits alone (a telephone number, a birthday, an IIN).
    """
    folded = unicodedata.normalize("NFKC", typed[: 4 * LONGEST_WORD]).casefold()
    plain = "".join(sign for sign in folded if sign.isalnum())
    if not SHORTEST_WORD <= len(plain) <= LONGEST_WORD or sum(sign.isalpha() for sign in plain) < SHORTEST_WORD // 2:
        raise WordWeak
    return plain


def flag_until(code: str, now: datetime) -> datetime:
    """Return when a flag ends: its list says after how many days. Raises UnknownCode."""
    return now + timedelta(days=int(FLAGS[code].more["days"]))
