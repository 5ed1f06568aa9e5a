"""Shipped forms read as the engine reads them, and worked out for a day, for tests."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from pyxform.xls2xform import convert

from arasha.questionnaires.rules.engine import Evaluation, evaluate
from arasha.questionnaires.rules.form import NOBODY_ASKED, Answers, Form, Group, Question
from arasha.questionnaires.rules.reading import read_form

FOLDER = Path(__file__).parents[1] / "data" / "forms"
TODAY = date(2026, 11, 27)
NOW = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)


def source_of(code: str) -> str:
    """Return a shipped form as it is written."""
    return (FOLDER / f"{code}.md").read_text(encoding="utf-8")


@cache
def form_of(code: str) -> Form:
    """Return a shipped form."""
    return read_form(convert(xlsform=source_of(code), file_type=".md").xform.encode())


def worked_out(code: str, answers: Answers) -> Evaluation:
    """Return what comes of answers in a shipped form."""
    return evaluate(form_of(code), answers, today=TODAY, now=NOW)


def asked(code: str) -> dict[str, Question]:
    """Return the questions that somebody answers, by name."""
    return {node.name: node for node in form_of(code).questions() if node.kind not in NOBODY_ASKED}


def told_to_child(group: Group) -> Iterator[Question]:
    """Yield what is asked and said to the child: all but the workers' own part."""
    for node in group.children:
        if node.name.startswith("worker"):
            continue
        if isinstance(node, Group):
            yield from told_to_child(node)
        elif node.kind not in {"calculate", "hidden"}:
            yield node


def codes(question: Question) -> list[str]:
    """Return the codes of a question's choices."""
    return [choice.code for choice in question.choices]
