"""A filled-in form for paper: what was answered, in the reader's language, without what must not lie about at home.

A group or question whose `appearance` says `unprinted` never reaches paper; who writes the form decides it there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from arasha.kernel.worktime.rules.formats import format_date
from arasha.questionnaires.rules.engine import Evaluation
from arasha.questionnaires.rules.form import Answers, Form, Group, Question, Texts
from arasha.questionnaires.rules.values import parse_date

UNPRINTED = "unprinted"
UNSEEN = frozenset({"calculate", "hidden"})
CHOSEN = frozenset({"select_one", "select_multiple"})


@dataclass(frozen=True)
class Part:
    """One group of a form on paper: its title, and lines of what was asked and answered (a note asks nothing)."""

    title: str
    lines: tuple[tuple[str, str], ...]


def printed(form: Form, evaluation: Evaluation, language: str) -> tuple[Part, ...]:
    """Return a worked-out record's parts for paper; groups without an answer or a note are left out.

    Questions that stand in no group make parts without a title. A note that says values is left out: paper shows what
    people answered.
    """
    parts: list[Part] = []
    for node in form.root.children:
        if isinstance(node, Group):
            lines = () if _kept_off(node) else tuple(_lines(node, evaluation.answers, node.name, evaluation, language))
            if lines:
                parts.append(Part(_said(node.labels, language), lines))
        elif line := _line(node, evaluation.answers, node.name in evaluation.relevant, language):
            earlier = parts.pop().lines if parts and not parts[-1].title else ()
            parts.append(Part("", (*earlier, line)))
    return tuple(parts)


def _lines(group: Group, above: Answers, key: str, evaluation: Evaluation, language: str) -> Iterator[tuple[str, str]]:
    """Yield the lines of a group, or of each time that a repeat was filled in."""
    given = above.get(group.name)
    rows = given if isinstance(given, list) else [given if isinstance(given, Mapping) else {}]
    for at, row in enumerate(rows, start=1):
        prefix = f"{key}[{at}]/" if group.repeat else f"{key}/"
        for node in group.children:
            if isinstance(node, Group):
                if not _kept_off(node):
                    yield from _lines(node, row, f"{prefix}{node.name}", evaluation, language)
            elif line := _line(node, row, f"{prefix}{node.name}" in evaluation.relevant, language):
                yield line


def _line(question: Question, row: Answers, relevant: bool, language: str) -> tuple[str, str] | None:
    """Return what was asked and answered, or nothing."""
    if _kept_off(question):
        return None
    asked, given = _said(question.labels, language), row.get(question.name, "")
    if question.kind == "note":
        return ("", asked) if relevant and "${" not in asked else None
    if question.kind in UNSEEN or not isinstance(given, str) or not given:
        return None
    return asked, _answer(question, given, language)


def _answer(question: Question, given: str, language: str) -> str:
    """Return an answer as people read it."""
    if question.kind in CHOSEN:
        words = {choice.code: _said(choice.labels, language) for choice in question.choices}
        codes = given.split() if question.kind == "select_multiple" else [given]
        return " · ".join(words.get(code, code) for code in codes)
    day = parse_date(given) if question.kind == "date" else None
    return format_date(day, language) if day else given


def _said(labels: Texts, language: str) -> str:
    return labels.get(language) or next(iter(labels.values()), "")


def _kept_off(node: Question | Group) -> bool:
    return UNPRINTED in node.appearance.split()
