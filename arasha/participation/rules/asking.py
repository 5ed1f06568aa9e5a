"""What is asked of a child of an age, as data: `data/feedback.yaml`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

DATA: Final = Path(__file__).parents[1] / "data"
LANGUAGES: Final = ("kk", "ru", "en")
AGES: Final = ("young", "child", "teen")
CODES: Final = ("good", "middling", "bad")
UNSAID: Final = "silent"


@dataclass(frozen=True, slots=True)
class Question:
    """One question as one age reads it. `choices` are (code, words by language), from good to bad, silence last."""

    code: str
    words: dict[str, str]
    choices: tuple[tuple[str, dict[str, str]], ...]
    faces: bool


@cache
def settings() -> dict[str, Any]:
    """Return the shipped questions with the bounds that stand beside them."""
    read: dict[str, Any] = yaml.safe_load((DATA / "feedback.yaml").read_text(encoding="utf-8"))
    return read


@cache
def asked(age: str) -> tuple[Question, ...]:
    """Return what a child of an age is asked. Raises KeyError for an age that there is not."""
    if age not in AGES:
        raise KeyError(age)
    wording, found = ("young" if age == "young" else "child"), []
    for row in settings()["questions"]:
        scale = row["scale"][age]
        words = {language: row[wording][language] for language in LANGUAGES}
        choices = [(code, settings()[scale][code]) for code in CODES]
        found.append(Question(row["code"], words, (*choices, (UNSAID, settings()["silent"])), scale == "faces"))
    return tuple(found)


def questions() -> tuple[str, ...]:
    """Return the codes of all questions, in the order in which an answer holds them."""
    return tuple(row["code"] for row in settings()["questions"])


def age_group(years: int | None) -> str:
    """Return the wording for an age in years: faces up to nine, sentences up to thirteen, own words above."""
    if years is None:
        return "child"
    return "young" if years <= 9 else "child" if years <= 13 else "teen"
