"""What a fault is called in the reader's language: what is wrong, and what to do."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources

from arasha.questionnaires.rules.books import Fault


def sentence(fault: Fault, language: str) -> str:
    """Return what is wrong and what to do about it."""
    return texts()[fault.code][language].format(**fault.values)


def refusal(code: str, language: str) -> str:
    """Return why a file can't be read at all."""
    return texts()[f"unreadable_{code}"][language]


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """Return all sentences by code, each in three languages."""
    text = (resources.files("arasha.questionnaires") / "data" / "faults.csv").read_text(encoding="utf-8")
    return {
        row["code"]: {language: row[language] for language in ("kk", "ru", "en")}
        for row in csv.DictReader(text.splitlines())
    }
