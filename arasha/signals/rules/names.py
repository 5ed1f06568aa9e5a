"""Whether the name of a person or of a body stands in words that were typed: in any spelling, script, ending, order."""

from collections.abc import Collection, Sequence

from arasha.people.rules import keys_of_place, words_of

SHORTEST, LONGEST_ENDING = 3, 4


def stands_in(name: str, text: str) -> bool:
    """Say whether each part of a name (surname, given name) stands in the text as the beginning of a word.

    Compared are the keys of both: a nurse writes Даурен Сейткали or Dauren Seitkali of him who is Дәурен Сейітқали in
    the roster; a hyphen may part two words or stand within one. Russian and Kazakh put endings on names, so the vowels
    at the end are left off and up to four letters may follow (of the key, in which я is two). Rather once too often
    than too seldom: whoever is named as somebody who must not know is kept from the file, and a person of the same
    name loses nothing by it.
    """
    said = {*words_of(text), *words_of(text, joined=True)}
    return any(_all_stand(words_of(name, joined=joined), said) for joined in (False, True))


def _all_stand(words: Sequence[str], said: Collection[str]) -> bool:
    parts = [word for word in words if len(word) >= SHORTEST]
    return len(parts) > 1 and all(any(_same(part, word) for word in said) for part in parts)


def _same(part: str, word: str) -> bool:
    stem = part.rstrip("aeiou") or part
    return word.startswith(stem) and len(word) - len(stem) <= LONGEST_ENDING


def place_stands_in(names: Collection[str], text: str) -> bool:
    """Say whether one of a body's names stands in the text: each of its words and numbers that tell it from others.

    "№ 3 интернат" means the body called "№ 3 мектеп-интернаты": words that stand with many names tell nothing. A body
    of whose name nothing is left is never meant.
    """
    said = keys_of_place(text).split()
    return any(_each_stands(keys_of_place(name).split(), said) for name in names)


def _each_stands(parts: Sequence[str], said: Sequence[str]) -> bool:
    return bool(parts) and all(any(_near(part, word) for word in said) for part in parts)


def _near(part: str, word: str) -> bool:
    return part == word or (not part.isdigit() and _same(part, word))
