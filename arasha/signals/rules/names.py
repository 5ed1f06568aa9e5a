"""Whether somebody's name stands in words that were typed: in any case ending, in any order."""

import re
import unicodedata

WORD = re.compile(r"[^\W\d_]+")
SHORTEST, LONGEST_ENDING = 3, 3


def stands_in(name: str, text: str) -> bool:
    """Say whether each part of a name (surname, given name) stands in the text as the beginning of a word.

    Russian and Kazakh put endings on names, so the last letters are left off and up to three more may follow. Rather
    once too often than too seldom: whoever is named as somebody who must not know is kept from the file, and a person
    of the same name loses nothing by it.
    """
    parts = [part for part in _words(name) if len(part) >= SHORTEST]
    said = _words(text)
    return len(parts) > 1 and all(any(_same(part, word) for word in said) for part in parts)


def _words(text: str) -> list[str]:
    return WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _same(part: str, word: str) -> bool:
    stem = part[:-1] if len(part) > SHORTEST and part[-1] in "аеёиоуыэюяйәөүұіь" else part
    return word.startswith(stem) and len(word) - len(stem) <= LONGEST_ENDING
