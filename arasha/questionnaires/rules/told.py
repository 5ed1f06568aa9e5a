"""A response in words: what was asked and what was answered, in the reader's language, by the version's own texts."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.formats import format_date
from arasha.questionnaires.rules.engine import Run, run
from arasha.questionnaires.rules.form import NOBODY_ASKED, Answers, Form, Question, Texts
from arasha.questionnaires.rules.instance import Node
from arasha.questionnaires.rules.plan import Entry
from arasha.questionnaires.rules.texts import filled
from arasha.questionnaires.rules.values import parse_date


@dataclass(frozen=True)
class Line:
    """One question and its answer. `long`: written in words, which may fill several lines."""

    key: str
    label: str
    answer: str
    long: bool = False


@dataclass(frozen=True)
class Section:
    """A group's answers under its title; `time`: which time of a repeat, 0 outside of one."""

    title: str
    lines: tuple[Line, ...]
    time: int = 0


def sections(form: Form, answers: Answers, *, now: datetime, language: str) -> tuple[Section, ...]:
    """Return what was answered, group by group, in the order of the form; what nobody answered is left out.

    `now`: the moment at which it was handed in, by which its texts are worked out.
    """
    worked = run(form, answers, today=local(now).date(), now=now, language=language)
    return tuple(_below(worked, worked.plan.root, worked.record.root, language))


def _below(worked: Run, entry: Entry, node: Node, language: str, time: int = 0) -> Iterator[Section]:
    title = _text(worked, entry, node, entry.node.labels, language)
    lines: list[Line] = []
    for each in entry.below:
        children = [child for child in node.children.get(each.node.name, []) if child.own]
        if isinstance(each.node, Question):
            lines += [_line(worked, each, each.node, child, language) for child in children if _answered(each, child)]
            continue
        if lines:
            yield Section(title, tuple(lines), time)
            lines = []
        for at, child in enumerate(children, start=1):
            yield from _below(worked, each, child, language, at if each.node.repeat else 0)
    if lines:
        yield Section(title, tuple(lines), time)


def _answered(entry: Entry, node: Node) -> bool:
    question = entry.node
    return isinstance(question, Question) and question.kind not in NOBODY_ASKED and bool(node.text)


def _line(worked: Run, entry: Entry, question: Question, node: Node, language: str) -> Line:
    label = _text(worked, entry, node, question.labels, language)
    return Line(node.key, label, _said(question, node.text, language), long=question.kind == "text")


def _said(question: Question, given: str, language: str) -> str:
    if question.kind in {"select_one", "select_multiple"}:
        labels = {choice.code: choice.labels for choice in question.choices}
        codes = given.split() if question.kind == "select_multiple" else [given]
        return ", ".join(_of(labels.get(code, {}), language) or code for code in codes)
    if question.kind == "date" and (day := parse_date(given)):
        return format_date(day, language)
    return given


def _text(worked: Run, entry: Entry, node: Node, texts: Texts, language: str) -> str:
    return filled(_of(texts, language), entry.values, node, worked.scope, language)


def _of(texts: Mapping[str, str], language: str) -> str:
    return texts.get(language) or texts.get("kk") or next(iter(texts.values()), "")
