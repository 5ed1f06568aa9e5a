"""What a translation must hold, checked without reading the language: pure functions over one message."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

PLACEHOLDER = re.compile(r"%\(\w[\w.]*\)[sd]|%[sd]|\{\w*\}")
TAG = re.compile(r"</?[a-z][^>]*>")
ADDRESS = re.compile(r"https?://\S+|\S+@\S+|\S+\.(?:kz|html|csv)\b")
WORD = re.compile(r"[^\W\d_]+")
LATIN = re.compile(r"[A-Za-z]")
CYRILLIC = re.compile(r"[Ѐ-ӿ]")
KAZAKH_ONLY = re.compile(r"[ӘәҒғҚқҢңӨөҰұҮүҺһІі]")
# Names that stand in Latin letters in all three languages.
LATIN_WORDS = frozenset(
    {"cookie", "Esc", "Enter", "Shift", "Eng", "English", "Typst", "JavaScript", "Excel", "Chrome", "Firefox"}
)
# The languages' own names, for the choice of language.
KAZAKH_WORDS_IN_RUSSIAN = frozenset({"Қазақша", "Қаз"})
LONGEST_ABBREVIATION = 6


def faults(language: str, source: Sequence[str], translation: Sequence[str]) -> Iterator[str]:
    """Yield what is wrong with a translation; `source` is the id and maybe its plural, one text per plural form."""
    if not all(translation):
        yield "is missing"
        return
    whole = [_signs(text) for text in source]
    for index, text in enumerate(translation):
        allowed = whole if index == 0 and language == "kk" else whole[-1:]
        if _signs(text) not in allowed:
            yield f"has other placeholders or tags than the id: {text!r}"
        yield from letter_faults(language, text, names=" ".join(source))
        if text in source and any(LATIN.search(word) for word in _foreign_words(text)):
            yield "is still English"
    if language == "kk" and len(set(translation)) > 1:
        yield "must be the same in both Kazakh plural forms"


def letter_faults(language: str, text: str, *, names: str = "") -> Iterator[str]:
    """Yield words with letters of a wrong alphabet; Latin words that `names` also holds in capitals are let through."""
    for word in WORD.findall(ADDRESS.sub(" ", TAG.sub(" ", PLACEHOLDER.sub(" ", text)))):
        if LATIN.search(word) and CYRILLIC.search(word):
            yield f"mixes Latin and Cyrillic letters: {word!r}"
        elif LATIN.search(word) and not _may_be_latin(word, names):
            yield f"has a Latin word: {word!r}"
        elif language == "ru" and KAZAKH_ONLY.search(word) and word not in KAZAKH_WORDS_IN_RUSSIAN:
            yield f"has Kazakh letters in Russian: {word!r}"


def _may_be_latin(word: str, names: str) -> bool:
    if word in LATIN_WORDS:
        return True
    return word.isupper() and len(word) <= LONGEST_ABBREVIATION and word in names


def _foreign_words(text: str) -> list[str]:
    words = WORD.findall(ADDRESS.sub(" ", TAG.sub(" ", PLACEHOLDER.sub(" ", text))))
    return [word for word in words if not _may_be_latin(word, text)]


def _signs(text: str) -> Counter[str]:
    """The placeholders and tags of a text, each as often as it stands there."""
    return Counter(PLACEHOLDER.findall(text.replace("%%", "")) + TAG.findall(text))
