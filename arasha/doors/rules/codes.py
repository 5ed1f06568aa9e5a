"""Codes of six words: made at random, and read as people type them. The words are `data/words_*.txt`."""

import re
import secrets
import unicodedata
from functools import cache
from pathlib import Path
from typing import Final

DATA: Final = Path(__file__).parents[1] / "data"
LANGUAGES: Final = ("kk", "ru", "en")
WORDS: Final = 6
LISTED: Final = 4096
# Six words of eight letters with separators are far shorter; what is longer is no code and is not looked at.
LONGEST: Final = 400
BETWEEN: Final = re.compile(r"[\W\d_]+")
# Letters that telephones' keyboards lack or people interchange. No two words of the lists are the same without them.
TWINS: Final = str.maketrans("қғүұәөһіийыё", "кгууаохиииие")


class NotACode(ValueError):
    """What was typed is not six words of one language's list. It says nothing of which mailboxes there are."""


def new_code(language: str) -> tuple[str, ...]:
    """Return six random words (72 bits) of `kk`, `ru` or `en`; another language gets Kazakh ones."""
    words = listed(language if language in LANGUAGES else LANGUAGES[0])
    return tuple(secrets.choice(words) for _ in range(WORDS))


def read_code(typed: str) -> tuple[str, ...]:
    """Return the six words as the list spells them. Raises NotACode.

    Case, separators, digits between the words and twin letters (қ к, ё е, і и ы …) don't count; the language is the
    one whose list has all six.
    """
    if len(typed) > LONGEST:
        raise NotACode
    plain = unicodedata.normalize("NFKC", typed).casefold()
    said = [_folded(word) for word in BETWEEN.split(plain) if word]
    if len(said) != WORDS:
        raise NotACode
    for language in LANGUAGES:
        known = _by_fold(language)
        if all(word in known for word in said):
            return tuple(known[word] for word in said)
    raise NotACode


@cache
def listed(language: str) -> tuple[str, ...]:
    """Return the words of a language's list."""
    return tuple((DATA / f"words_{language}.txt").read_text(encoding="utf-8").split())


@cache
def _by_fold(language: str) -> dict[str, str]:
    return {_folded(word): word for word in listed(language)}


def _folded(word: str) -> str:
    return word.translate(TWINS)
