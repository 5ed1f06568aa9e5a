"""The long words of the public pages: reviewed text in `data/`, each in three languages, some for each teller."""

from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from django.utils.translation import get_language

DATA: Final = Path(__file__).parents[1] / "data"
LANGUAGES: Final = ("kk", "ru", "en")
# Who reads whose words where there are none of their own.
STANDS_FOR: Final = {"professional": "adult"}


@cache
def load(name: str) -> dict[str, Any]:
    """Return a file of `data/` (without its ending)."""
    loaded: dict[str, Any] = yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
    return loaded


def in_language(text: dict[str, str]) -> str:
    """Return a text in the reader's language."""
    language = (get_language() or "kk")[:2]
    return text[language if language in LANGUAGES else "kk"]


def said_to(teller: str, texts: dict[str, dict[str, str]]) -> str:
    """Return what is said to this teller in the reader's language."""
    return in_language(texts.get(teller) or texts[STANDS_FOR.get(teller, teller)])


def question(step: str, part: str, teller: str, name: str = "") -> str:
    """Return the title, hint, a label or an option of a question; "" where the question has none."""
    found = load("questions")[step].get(part, {})
    if name:
        found = found.get(name, {})
    return said_to(teller, found) if found else ""


def options(step: str, teller: str) -> list[tuple[str, str]]:
    """Return the choices of a question as (code, words)."""
    return [(code, said_to(teller, words)) for code, words in load("questions")[step]["options"].items()]


def part(name: str, key: str, teller: str, inner: str = "") -> str:
    """Return one text of `before` or `after`."""
    found = load(name)[key]
    return said_to(teller, found[inner] if inner else found)
