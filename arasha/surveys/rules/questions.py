"""Questionnaires as reviewed text: `data/<code>.yaml`, one version a file, closed answers only."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from django.utils.translation import get_language

DATA: Final = Path(__file__).parents[1] / "data"
LANGUAGES: Final = ("kk", "ru", "en")
# What stands in an envelope and in a release for whoever left a question out or didn't want to say.
UNSAID: Final = "unsaid"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in three languages."""

    kk: str
    ru: str
    en: str

    def __str__(self) -> str:
        """Return it in the reader's language."""
        language = (get_language() or "kk")[:2]
        return str(getattr(self, language if language in LANGUAGES else "kk"))


@dataclass(frozen=True, slots=True)
class Choice:
    """One closed answer; `face` names the picture that small children choose by."""

    code: str
    words: Words
    face: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question, or one sentence to agree with, and its answers."""

    code: str
    words: Words
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The questions of one age. Everybody of it is asked all of them: no answer leads past another question."""

    age: str
    words: Words
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """One version of a survey."""

    code: str
    version: int
    title: Words
    unsaid: Words
    sex: Question
    sheets: tuple[Sheet, ...]

    def sheet(self, age: str) -> Sheet:
        """Return the questions of an age. Raises KeyError."""
        for sheet in self.sheets:
            if sheet.age == age:
                return sheet
        raise KeyError(age)

    def asked(self, age: str, breakdown: str) -> tuple[Question, ...]:
        """Return what a pupil is asked: the age's questions, and the sex last where the results are told by it."""
        questions = self.sheet(age).questions
        return (*questions, self.sex) if breakdown == "sex" else questions


@cache
def questionnaire(code: str = "climate") -> Questionnaire:
    """Return a questionnaire as it was reviewed. Raises KeyError for what is missing in its file."""
    given = yaml.safe_load((DATA / f"{code}.yaml").read_text(encoding="utf-8"))
    scales = {name: tuple(_choice(row) for row in rows) for name, rows in given["scales"].items()}
    sheets = tuple(
        Sheet(
            age["code"],
            _words(age),
            tuple(Question(row["code"], _words(row), scales[row["scale"]]) for row in age["questions"]),
        )
        for age in given["ages"]
    )
    sexes = tuple(_choice(row) for row in given["sexes"]["choices"])
    sex = Question("sex", _words(given["sexes"]["question"]), sexes)
    return Questionnaire(given["code"], given["version"], _words(given["title"]), _words(given["unsaid"]), sex, sheets)


def _choice(row: dict[str, Any]) -> Choice:
    return Choice(row["code"], _words(row), row.get("face", ""))


def _words(row: dict[str, Any]) -> Words:
    return Words(*(str(row[language]) for language in LANGUAGES))
