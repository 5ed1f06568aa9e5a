"""What the codes of procedures are called: events, codes and values, roles of bodies. Data in three languages."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources

LANGUAGES = ("kk", "ru", "en")


def word(kind: str, code: str, language: str) -> str:
    """Return what a code is called; one that nobody named is shown as it is."""
    return known_words().get((kind, code), {}).get(language, code)


@cache
def known_words() -> Mapping[tuple[str, str], Mapping[str, str]]:
    """Return the names of all codes by kind and code, each in three languages."""
    text = (resources.files("arasha.protocols") / "data" / "words.csv").read_text(encoding="utf-8")
    return {
        (row["kind"], row["code"]): {language: row[f"name_{language}"] for language in LANGUAGES}
        for row in csv.DictReader(text.splitlines())
    }
