"""Names for finding: one key for all spellings of a name in Kazakh, Russian and Latin letters.

The key is never shown. Two names with one key are not one person: whoever compares looks at the spellings. The letters
and endings are data (`people/data`), so that a linguist can correct them.
"""

import csv
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

DATA = Path(__file__).parent.parent / "data"
LONGEST: Final = 200
REPEATED = re.compile(r"(.)\1+")
# A word, with the apostrophes within it: Latin letters write ь so.
WORD = re.compile(r"[^\W\d_]+(?:[’'`]+[^\W\d_]+)*")
HYPHENS = re.compile(r"(?<=\w)[-‐‑](?=\w)")
# In Latin letters x stands for х at the beginning of a name (Xadisha) and for кс within it (Alexander).
INNER_X = re.compile(r"(?<=[a-z])x")


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


LETTERS: Final = {row["letter"]: row["key"] for row in _rows("letters.csv")}
DIGRAPHS: Final = {row["written"]: row["key"] for row in _rows("digraphs.csv")}
ENDINGS: Final = {
    kind: [(row["ending"], row["becomes"]) for row in _rows("endings.csv") if row["kind"] == kind]
    for kind in ("patronymic", "surname")
}
PAIRS = re.compile("|".join(sorted(DIGRAPHS, key=len, reverse=True)))


@cache
def _other_letter(letter: str) -> str:
    """Return the key of a letter that no table names: its plain Latin letter, or nothing for marks and signs."""
    plain = unicodedata.normalize("NFKD", letter)[:1]
    return plain if plain.isascii() and plain.isalpha() else ""


def key(name: str) -> str:
    """Return the key of one name: without case, script, hyphens, signs, and letters that are heard as one.

    Words of one name are joined: who is written Нур Султан here is Нұрсұлтан there. Empty for what has no letters;
    letters beyond the 200th are passed over.
    """
    return _once(_letters(name))


def father_key(patronymic: str) -> str:
    """Return the key of the father's given name out of a patronymic: Серікұлы, Серикович and Serikuly have one."""
    return _once(_without(_letters(patronymic), "patronymic"))


def surname_key(surname: str) -> str:
    """Return the key that a man and a woman of one surname share: Нұрғалиева and Нургалиев, Ахметқызы and Ахмет."""
    return _once(_without(_letters(surname), "surname"))


def is_patronymic(word: str) -> bool:
    """Say whether a word ends as patronymics do: -ұлы, -қызы, -ович, -овна, in any script."""
    letters = _letters(word)
    return _without(letters, "patronymic") != letters


def is_one_of(called: str, names: Iterable[tuple[str, str]]) -> bool:
    """Say whether a free name holds surname key and given key of one of the names, or its given key alone when that
    is all that is known of it."""
    words = words_of(called)
    surnames = {surname_key(word) for word in called.split()}
    return any(
        (given in words and (not surname or surname in surnames)) or (not given and surname in surnames)
        for surname, given in names
        if given or surname
    )


def words_of(text: str, *, joined: bool = False) -> list[str]:
    """Return the key of each word of a text, in its order; what has no letters is no word.

    A hyphen parts two words (Нұрғалиева-Ким, and Дәурен-отчим); with `joined` it is passed over (Нур-Султан).
    """
    plain = unicodedata.normalize("NFC", text)  # some keyboards write й as two signs, of which one is no letter
    plain = HYPHENS.sub("", plain) if joined else plain
    return [found for word in WORD.findall(plain) if (found := key(word))]


# Names repeat: a hundred thousand people have some thousands of them. Words alone are remembered, in this process.
@lru_cache(maxsize=8_192)
def _letters(name: str) -> str:
    """Return the key with its double letters still in it: Серікқызы has two, one of the name and one of its ending."""
    text = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name[:LONGEST]).lower())
    latin = PAIRS.sub(lambda found: DIGRAPHS[found.group()], INNER_X.sub("ks", _beginning(text)))
    folded = "".join(LETTERS[letter] if letter in LETTERS else _other_letter(letter) for letter in latin)
    return folded.replace("dj", "j").replace("ng", "n")


def _once(letters: str) -> str:
    return REPEATED.sub(r"\1", letters)


def _beginning(text: str) -> str:
    """Return the text with a Latin x at the beginning of a word as the letter that it stands for."""
    return re.sub(r"(?<![^\W\d_])x(?=[a-z])", "h", text)


def _without(found: str, kind: str) -> str:
    for ending, becomes in ENDINGS[kind]:
        if found.endswith(ending) and len(found) > len(ending) + 1:
            return found[: -len(ending)] + becomes
    return found
