"""Cells and heads as they are meant: without what spreadsheets and people add unseen."""

import re
from typing import Final

from arasha.questionnaires.rules.books.book import LANGUAGES

# Spaces that look like one, and letters that can't be seen at all.
SPACES: Final = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]")
UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
BREAK: Final = re.compile(r"\s*(?:<br\s*/?>|\r\n|\r|\n)\s*", re.IGNORECASE)
FLOAT: Final = re.compile(r"(-?\d+)\.0+", re.ASCII)
TRANSLATED: Final = ("label", "hint", "required_message", "constraint_message")
# Ways to write a language in a head, beside its code and its name.
ALSO: Final = {"kazakh": "kk", "russian": "ru", "english": "en", "қазақша": "kk", "русский": "ru", "english (en)": "en"}
PLAIN: Final = frozenset({"label", "hint", "required_message", "constraint_message", *LANGUAGES.values()})


def text_of(cell: str) -> str:
    """Return a text: line breaks as one sign, no space at its ends; spaces that don't break stay inside it."""
    return "\n".join(BREAK.split(UNSEEN.sub("", cell).strip())).strip()


def code_of(cell: str) -> str:
    """Return a code, a type or an expression: every kind of space as one space, and 1.0 as 1."""
    plain = " ".join(SPACES.sub(" ", UNSEEN.sub("", cell)).split())
    whole = FLOAT.fullmatch(plain)
    return whole[1] if whole else plain


def clean(head: str, cell: str) -> str:
    """Return a cell of a column as it is meant."""
    return text_of(cell) if head.partition("::")[0] in PLAIN or head == "form_title" else code_of(cell)


def head_of(cell: str) -> str:
    """Return a column's head as the forms write it: `Label :: kk` is `label::Kazakh (kk)`."""
    plain = code_of(cell)
    name, separator, language = (part.strip() for part in plain.partition("::"))
    if not separator:
        return _language(name) or name.casefold().replace(" ", "_")
    return f"{name.casefold()}::{_language(language) or language}"


def _language(word: str) -> str:
    low = word.casefold()
    for code, name in LANGUAGES.items():
        if low in {code, name.casefold()} or ALSO.get(low) == code:
            return name
    return ""
