"""Where an expression stands, and what its paths can lead to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from arasha.questionnaires.rules.form import Choice, Texts
from arasha.questionnaires.rules.instance import Node, Scope
from arasha.questionnaires.rules.values import Value

Names: TypeAlias = tuple[str, ...]
Formula: TypeAlias = Callable[[Node, Scope], Value]
Finder: TypeAlias = Callable[[Node, Scope], list[Node]]


@dataclass(frozen=True)
class Terrain:
    """What a form's paths can lead to: names from the root down, questions' choices, and lists of choices by name."""

    known: frozenset[Names]
    choices: Mapping[Names, tuple[Choice, ...]]
    lists: Mapping[str, frozenset[Names]]


@dataclass(frozen=True)
class Where:
    """The place of an expression: the names down to its node, in the record or in a list of choices.

    `original` is the place of the question, when the expression is a condition inside a path.
    """

    names: Names
    instance: str = ""
    original: Names = ()


def say(texts: Texts, language: str) -> str:
    """Return a text in a language; if it is missing there, in the first that there is."""
    return texts.get(language) or next((text for text in texts.values() if text), "")
