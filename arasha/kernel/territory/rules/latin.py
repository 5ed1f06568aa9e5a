"""Names of places in Latin letters where nobody has given an English one (BGN/PCGN 1979, without marks)."""

LETTERS = {
    "а": "a", "ә": "a", "б": "b", "в": "v", "г": "g", "ғ": "gh", "д": "d", "е": "e", "ё": "yo", "ж": "zh", "з": "z",
    "и": "i", "й": "y", "к": "k", "қ": "q", "л": "l", "м": "m", "н": "n", "ң": "ng", "о": "o", "ө": "o", "п": "p",
    "р": "r", "с": "s", "т": "t", "у": "u", "ұ": "u", "ү": "u", "ф": "f", "х": "kh", "һ": "h", "ц": "ts", "ч": "ch",
    "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "і": "i", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip


def latin(name: str) -> str:
    """Return the name in Latin letters; what is not Cyrillic stays."""
    out = []
    for letter in name:
        small = LETTERS.get(letter.lower())
        if small is None:
            out.append(letter)
        else:
            out.append(small.capitalize() if letter.isupper() else small)
    return "".join(out)
