"""A name in one cell, taken apart: surname, given name, patronymic, in whatever order they stand."""

import re
from dataclasses import dataclass
from typing import Final

from arasha.people.rules.names import father_key, key

MOST_WORDS: Final = 4
QUOTES: Final = re.compile(r"[\"«»„“”]+")
# A word that makes the one before it a patronymic: Серік ұлы, Расул оглы.
LOOSE_ENDINGS: Final = {"uli", "kizi", "ogli", "gizi", "ugli"}
# Endings of surnames, in the letters of the key, that no usual given name has.
SURNAME_ENDINGS: Final = ("ov", "ova", "ev", "eva", "ski", "skaia")
SPACED_HYPHEN: Final = re.compile(r"\s*[-‐‑–]\s*")
INITIALS: Final = re.compile(r"([^\W\d_])\.\s*(?:([^\W\d_])\.?)?")


@dataclass(frozen=True, slots=True)
class NameParts:
    """The parts of a name, "" for what is not said; `clear` is false where their order had to be guessed."""

    surname: str = ""
    given: str = ""
    patronymic: str = ""
    clear: bool = True


def tidy_name(text: str) -> str:
    """Return a name without quotes, with hyphens closed up; its case and letters stay as they are."""
    return SPACED_HYPHEN.sub("-", QUOTES.sub(" ", text)).strip(" ,;-")


def name_parts(text: str) -> NameParts:
    """Return the parts of a name: by the ending of the patronymic, else in the order surname, given, patronymic.

    One word is a given name, unless it ends as surnames do.
    """
    tidy = tidy_name(text)
    words = tidy.replace(",", " ").split()
    if len(words) <= 2 * MOST_WORDS:
        words = _joined(words)
    if len(words) >= 2 and (short := INITIALS.fullmatch(" ".join(words[1:]))):
        return NameParts(words[0], f"{short[1]}.", f"{short[2]}." if short[2] else "")
    if len(words) == 2:
        return _two(*words)
    if len(words) < 2:
        word = "".join(words)
        return NameParts(surname=word) if _surname(word) else NameParts(given=word)
    return _many(words)


def _many(words: list[str]) -> NameParts:
    if _patronymic(words[1]) and not _patronymic(words[2]):
        return NameParts(words[2], words[0], words[1], clear=len(words) == 3)
    clear = len(words) == 3 or (len(words) == MOST_WORDS and _patronymic(words[-1]))
    if clear and len(words) == MOST_WORDS:  # two given names
        return NameParts(words[0], " ".join(words[1:3]), words[3], clear=False)
    return NameParts(words[0], words[1], " ".join(words[2:]), clear)


def _two(first: str, second: str) -> NameParts:
    if _patronymic(second) and not _surname(first):
        return NameParts(given=first, patronymic=second)
    if _surname(second) and not _surname(first) and not _patronymic(first):
        return NameParts(second, first)
    return NameParts(first, second)


def _joined(words: list[str]) -> list[str]:
    """Return the words with the loose endings of patronymics beside what they belong to."""
    joined: list[str] = []
    for word in words:
        if joined and key(word) in LOOSE_ENDINGS:
            joined[-1] = f"{joined[-1]} {word}"
        else:
            joined.append(word)
    return joined


def _patronymic(word: str) -> bool:
    return father_key(word) != key(word)


def _surname(word: str) -> bool:
    """Say whether a word ends as surnames do and given names don't: Карина and Константин are no surnames."""
    found = key(word)
    return len(found) > 4 and found.endswith(SURNAME_ENDINGS)
