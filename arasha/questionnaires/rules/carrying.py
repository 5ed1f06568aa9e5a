"""Answers taken over into another version of a form: what still has its place, and what has not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from arasha.questionnaires.rules.form import NOBODY_ASKED, Answers, Form, Group, Question


@dataclass(frozen=True)
class Carried:
    """`answers` fit the other version; `left` are the keys of those that have no place in it, with what was said."""

    answers: dict[str, Any] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)


def carry(form: Form, answers: Answers) -> Carried:
    """Return what of the answers fits a version of the form.

    A question keeps its answer when one of that name stands in the same place and every chosen code is still offered.
    What is computed is computed anew.
    """
    carried = Carried()
    carried.answers.update(_group(form.root, answers, "", carried.left))
    return carried


def _group(group: Group, answers: Answers, key: str, left: dict[str, str]) -> dict[str, Any]:
    nodes = {child.name: child for child in group.children}
    kept: dict[str, Any] = {}
    for name, value in answers.items():
        here = f"{key}/{name}" if key else name
        node = nodes.get(name)
        taken = _node(node, value, here, left)
        if taken not in (None, {}, []):
            kept[name] = taken
    return kept


def _node(node: Question | Group | None, value: Any, key: str, left: dict[str, str]) -> Any:
    if isinstance(node, Group) and node.repeat and isinstance(value, list):
        return [_group(node, one, f"{key}[{place}]", left) for place, one in enumerate(value, 1)]
    if isinstance(node, Group) and not node.repeat and isinstance(value, Mapping):
        return _group(node, value, key, left)
    if isinstance(node, Question) and isinstance(value, str):
        if node.kind in NOBODY_ASKED:
            return None
        if _fits(node, value):
            return value
    _leave(value, key, left)
    return None


def _fits(question: Question, value: str) -> bool:
    if question.kind not in {"select_one", "select_multiple"}:
        return True
    chosen = value.split() if question.kind == "select_multiple" else [value]
    return set(chosen) <= {choice.code for choice in question.choices}


def _leave(value: Any, key: str, left: dict[str, str]) -> None:
    if isinstance(value, Mapping):
        for name, one in value.items():
            _leave(one, f"{key}/{name}", left)
    elif isinstance(value, list):
        for place, one in enumerate(value, 1):
            _leave(one, f"{key}[{place}]", left)
    elif value:
        left[key] = str(value)
