"""Answers that expressions speak of: codes that no list has, counts without a limit, and formulas in a circle."""

import difflib
from collections.abc import Iterator, Mapping
from typing import Final

from arasha.questionnaires.rules.books import Fault
from arasha.questionnaires.rules.expressions import Call, Chain, Literal, Tree
from arasha.questionnaires.rules.lint.outline import SELECTS, Item, Outline
from arasha.questionnaires.rules.lint.rows import Formula, is_self, reference, referred, walk

EQUAL: Final = frozenset({"=", "!="})
LESS: Final = frozenset({"<", "<="})


def check(survey: Outline, found: list[Formula]) -> Iterator[Fault]:
    """Yield codes that are in no list, repeats without a limit, and calculations in a circle."""
    for formula in found:
        if formula.tree is not None:
            yield from _codes(survey, formula, formula.tree)
    yield from _counts(survey, found)
    yield from _circle(survey, found)


def _codes(survey: Outline, formula: Formula, tree: Tree) -> Iterator[Fault]:
    for node in walk(tree):
        for side, code in _compared(node):
            item = _chosen(survey, formula.item, side)
            codes = survey.codes(item) if item else frozenset()
            for word in code.split():
                if item and codes and word not in codes:
                    meant = difflib.get_close_matches(word, sorted(codes), n=1, cutoff=0.6)
                    kind = "answer_meant" if meant else "answer_unknown"
                    values = {"code": word, "name": item.name, "list": item.list_name, "meant": "".join(meant)}
                    yield survey.sheet.fault(kind, formula.item.row.number, formula.column, **values)


def _compared(node: Tree) -> Iterator[tuple[Tree, str]]:
    """Yield what is compared with which codes: `${a} = 'yes'`, `selected(${a}, 'yes')`, `selected('a b', ${a})`."""
    if isinstance(node, Chain):
        left = node.first
        for sign, right in node.rest:
            if sign in EQUAL:
                for one, other in ((left, right), (right, left)):
                    if isinstance(other, Literal) and isinstance(other.value, str):
                        yield one, other.value
            left = right
    elif isinstance(node, Call) and node.name == "selected" and len(node.arguments) == 2:
        for one, other in (node.arguments, node.arguments[::-1]):
            if isinstance(other, Literal) and isinstance(other.value, str):
                yield one, other.value
    elif isinstance(node, Call) and node.name == "jr:choice-name" and len(node.arguments) == 2:
        code, question = node.arguments
        if isinstance(code, Literal) and isinstance(question, Literal) and isinstance(code.value, str):
            yield question, code.value


def _chosen(survey: Outline, here: Item, side: Tree) -> Item | None:
    """Return the question with choices whose answer a side of a comparison is."""
    if is_self(side):
        return here if here.kind in SELECTS else None
    name = reference(side)
    if isinstance(side, Literal) and isinstance(side.value, str):
        name = "".join(referred(side.value)[:1])
    named = survey.named(name) if name else []
    return named[0] if len(named) == 1 and named[0].kind in SELECTS else None


def _counts(survey: Outline, found: list[Formula]) -> Iterator[Fault]:
    """Yield repeats that are as many as somebody types, when nothing keeps the number small."""
    bounded = {
        formula.item.name
        for formula in found
        if formula.column == "constraint" and formula.tree is not None and any(map(_limits, walk(formula.tree)))
    }
    for formula in found:
        if formula.column != "repeat_count":
            continue
        for name in referred(formula.text):
            for item in survey.named(name):
                if item.kind in {"integer", "decimal", "text"} and name not in bounded:
                    yield survey.sheet.fault("repeat_unbounded", formula.item.row.number, "repeat_count", name=name)


def _limits(node: Tree) -> bool:
    if not isinstance(node, Chain):
        return False
    sides = [node.first, *(side for _, side in node.rest)]
    signs = [sign for sign, _ in node.rest]
    return any(
        (is_self(sides[place]) and sign in LESS) or (is_self(sides[place + 1]) and sign in {">", ">="})
        for place, sign in enumerate(signs)
    )


def _circle(survey: Outline, found: list[Formula]) -> Iterator[Fault]:
    """Yield one fault for each circle of calculations, at the first row that stands in it."""
    needs: dict[str, set[str]] = {}
    for formula in found:
        if formula.column == "calculation":
            needs.setdefault(formula.item.name, set()).update(referred(formula.text))
    told: set[str] = set()
    for formula in found:
        if formula.column != "calculation" or formula.item.name in told:
            continue
        circle = _way_back(formula.item.name, needs)
        if circle:
            told.update(circle)
            names = " → ".join([*circle, circle[0]])
            yield survey.sheet.fault("circular", formula.item.row.number, "calculation", names=names)


def _way_back(start: str, needs: Mapping[str, set[str]]) -> list[str]:
    """Return the names on a way from a calculation to itself, without recursion: forms may be long."""
    came: dict[str, str] = {}
    waiting = [start]
    while waiting:
        name = waiting.pop()
        for needed in sorted(needs.get(name, ())):
            if needed == start:
                way = [name]
                while way[-1] != start:
                    way.append(came[way[-1]])
                return way[::-1]
            if needed in needs and needed not in came:
                came[needed] = name
                waiting.append(needed)
    return []
