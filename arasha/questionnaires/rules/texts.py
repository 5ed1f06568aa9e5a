"""Texts of a form in the reader's language, with the values that they say."""

import math
from collections.abc import Mapping
from datetime import datetime

from arasha.kernel.worktime.rules.formats import format_date
from arasha.questionnaires.rules.instance import Node, Scope
from arasha.questionnaires.rules.places import Formula, say
from arasha.questionnaires.rules.problems import Uncountable
from arasha.questionnaires.rules.values import Value, to_text

__all__ = ["filled", "say", "shown"]


def filled(text: str, values: Mapping[str, Formula], node: Node, scope: Scope, language: str) -> str:
    """Return a text with its values in a language, as a node sees them; what has no value is left out."""
    first, *rest = text.split("${")
    parts = [first]
    before, scope.language, scope.current = scope.language, language, node
    try:
        for part in rest:
            expression, _, after = part.partition("}")
            try:
                value = values[expression](node, scope) if expression in values else ""
            except Uncountable:
                value = ""
            parts += [shown(value, language), after]
    finally:
        scope.language = before
    return "".join(parts)


def shown(value: Value, language: str) -> str:
    """Return a value as people read it."""
    if isinstance(value, datetime):
        return format_date(value.date(), language or "kk")
    return "" if isinstance(value, float) and math.isnan(value) else to_text(value)
