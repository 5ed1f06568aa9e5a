"""Whether somebody's name stands in words that were typed: in any spelling and script, any case ending, any order."""

from arasha.people.rules import words_of

SHORTEST, LONGEST_ENDING = 3, 3


def stands_in(name: str, text: str) -> bool:
    """Say whether each part of a name (surname, given name) stands in the text as the beginning of a word.

    Compared are the keys of both: a nurse writes Даурен Сейткали or Dauren Seitkali of him who is Дәурен Сейітқали in
    the roster. Russian and Kazakh put endings on names, so the last letters are left off and up to three more may
    follow. Rather once too often than too seldom: whoever is named as somebody who must not know is kept from the
    file, and a person of the same name loses nothing by it.
    """
    parts = [part for part in words_of(name) if len(part) >= SHORTEST]
    said = words_of(text)
    return len(parts) > 1 and all(any(_same(part, word) for word in said) for part in parts)


def _same(part: str, word: str) -> bool:
    stem = part[:-1] if part[-1] in "aeiou" else part
    return word.startswith(stem) and len(word) - len(stem) <= LONGEST_ENDING
