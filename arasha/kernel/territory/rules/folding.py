"""One search skeleton for names written in Kazakh, Russian or Latin letters, and the Kazakh order of letters."""

import re
import unicodedata

CYRILLIC = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z",
    "и": "i", "й": "i", "к": "k", "қ": "k", "л": "l", "м": "m", "н": "n", "ң": "n", "о": "o", "ө": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u", "ф": "f", "х": "h", "һ": "h", "ц": "ts", "ч": "ch",
    "ш": "sh", "щ": "shch", "ъ": "", "ы": "i", "і": "i", "ь": "", "э": "e", "ю": "iu", "я": "ia",
}  # fmt: skip
LATIN = {"ş": "sh", "ç": "ch", "ğ": "g", "ı": "i", "ŋ": "n", "j": "zh", "q": "k", "w": "u", "y": "i"}
# What a unit is, before its name; only where a name follows.
TYPES = re.compile(
    r"^(с\.?\s?о|с\.?\s?а|п\.?\s?а|г|с|п|а|пос|аул|ст|рзд|уч|кр|отг|крес|район|город|село|область|поселок|им)\b"
    r"[\s.]+(?=\S)"
)
ALPHABET = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя"
ORDER = {letter: chr(0x4E00 + place) for place, letter in enumerate(ALPHABET)}


def fold(name: str) -> str:
    """Return the skeleton under which a name is stored and sought: Latin letters, digits and single blanks.

    Types of units at the beginning (`с.`, `район`) fall away; Қ and к, ә and а, ш, sh and ş come out the same.
    """
    text = unicodedata.normalize("NFC", name).lower().replace("ё", "е")
    before = None
    while before != text:
        before, text = text, TYPES.sub("", text.lstrip())
    letters = (CYRILLIC.get(letter, LATIN.get(letter, letter)) for letter in text)
    plain = unicodedata.normalize("NFKD", "".join(letters))
    plain = "".join(LATIN.get(letter, letter) for letter in plain if not unicodedata.combining(letter))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain.replace("kh", "h").replace("’", "").replace("'", "")).split())


def alphabetical(name: str) -> str:
    """Return a key that sorts names in the order of the Kazakh alphabet (Russian letters are part of it)."""
    return "".join(ORDER.get(letter, letter) for letter in name.lower())
