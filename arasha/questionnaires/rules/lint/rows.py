"""The expressions of a survey, each with its cell, parsed once; `${name}` stands in the tree as the step `ref:name`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from arasha.questionnaires.rules.expressions import Call, Chain, Minus, Path, Tree, parse
from arasha.questionnaires.rules.lint.outline import Item, Outline
from arasha.questionnaires.rules.problems import FormProblem

COLUMNS: Final = ("relevant", "constraint", "calculation", "choice_filter", "repeat_count", "required", "default")
REFERENCE: Final = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
MARK: Final = "ref:"
CURLY: Final = re.compile("[\u2018\u2019\u201a\u201c\u201d\u201e\u00ab\u00bb]")
YES_NO: Final = frozenset({"yes", "no", "true", "false", "true()", "false()", ""})


@dataclass(frozen=True)
class Formula:
    """One expression of one cell. `tree` is None when it can't be read; `problem` then says where reading ended."""

    item: Item
    column: str
    text: str
    tree: Tree | None
    problem: str = ""


def formulas(survey: Outline) -> Iterator[Formula]:
    """Yield every expression of the survey."""
    for item in survey.nodes():
        for column in COLUMNS:
            text = item.row.get(column)
            if not text or (column == "required" and text.casefold() in YES_NO):
                continue
            if column == "default" and not computed(text):
                continue
            yield _formula(item, column, text)


def computed(default: str) -> bool:
    """Say whether a default is computed, and no plain value."""
    return "${" in default or re.search(r"[A-Za-z-]+\(", default) is not None


def _formula(item: Item, column: str, text: str) -> Formula:
    marked = REFERENCE.sub(lambda found: f" {MARK}{found[1]} ", text)
    try:
        return Formula(item, column, text, parse(marked))
    except FormProblem as wrong:
        return Formula(item, column, text, None, wrong.detail.replace(MARK, ""))


def referred(text: str) -> list[str]:
    """Return the names that a text refers to, in order."""
    return REFERENCE.findall(text)


def inner(node: Tree) -> tuple[Tree, ...]:
    """Return what a node is made of."""
    if isinstance(node, Call):
        return node.arguments
    if isinstance(node, Chain):
        return (node.first, *(each for _, each in node.rest))
    if isinstance(node, Minus):
        return (node.inner,)
    if isinstance(node, Path):
        return tuple(condition for step in node.steps for condition in step.conditions)
    return ()


def walk(node: Tree) -> Iterator[Tree]:
    """Yield the tree's nodes, the outermost first."""
    yield node
    for each in inner(node):
        yield from walk(each)


def reference(node: Tree) -> str:
    """Return the name that a path refers to by `${name}` alone, else an empty text."""
    if isinstance(node, Path) and node.start == "here" and not node.ups and len(node.steps) == 1:
        name = node.steps[0].name
        return name.removeprefix(MARK) if name.startswith(MARK) else ""
    return ""


def is_self(node: Tree) -> bool:
    """Say whether a path is the question itself (`.`)."""
    return isinstance(node, Path) and node.start == "here" and not node.ups and not node.steps
