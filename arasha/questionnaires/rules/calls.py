"""What stands between expressions, and the functions that need more than computed values."""

import math
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from arasha.questionnaires.rules.expressions import Literal, Path, Tree, parse
from arasha.questionnaires.rules.functions import format_date, matcher
from arasha.questionnaires.rules.instance import Node, Scope, only
from arasha.questionnaires.rules.places import Formula, Names, Where, say
from arasha.questionnaires.rules.problems import FormProblem
from arasha.questionnaires.rules.values import NAN, NEARLY, Value, midnight, to_number, to_text, to_truth

if TYPE_CHECKING:
    from arasha.questionnaires.rules.compiling import Compiler

Special: TypeAlias = "Callable[[Compiler, tuple[Tree, ...], Where], Formula]"
LARGEST = 1_000_000
# What may stand after a % in the pattern of a date.
PATTERN = re.compile(r"(?:[^%]|%[YymnbdeHhMS3a%])*")


def equal(left: Value, right: Value) -> bool:
    """Say whether two values are the same, as truths, numbers or texts: the first kind that either is."""
    if isinstance(left, bool) or isinstance(right, bool):
        return to_truth(left) is to_truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return abs(to_number(left) - to_number(right)) < NEARLY
    return to_text(left) == to_text(right)


def divided(left: Value, right: Value) -> float:
    """Divide; by zero the result is infinite, and zero by zero is not a number."""
    over, under = to_number(left), to_number(right)
    if under:
        return over / under
    return NAN if math.isnan(over) or not over else math.copysign(math.inf, over) * math.copysign(1, under)


def remainder(left: Value, right: Value) -> float:
    """Return what division leaves, with the sign of what was divided."""
    over, under = to_number(left), to_number(right)
    if math.isnan(over) or math.isnan(under) or math.isinf(over) or not under:
        return NAN
    return math.fmod(over, under)


SIGNS: dict[str, Callable[[Value, Value], Value]] = {
    "=": equal,
    "!=": lambda left, right: not equal(left, right),
    "<": lambda left, right: to_number(left) < to_number(right),
    "<=": lambda left, right: to_number(left) <= to_number(right),
    ">": lambda left, right: to_number(left) > to_number(right),
    ">=": lambda left, right: to_number(left) >= to_number(right),
    "+": lambda left, right: to_number(left) + to_number(right),
    "-": lambda left, right: to_number(left) - to_number(right),
    "*": lambda left, right: to_number(left) * to_number(right),
    "div": divided,
    "mod": remainder,
}


def _if(compiler: "Compiler", arguments: tuple[Tree, ...], where: Where) -> Formula:
    test, then, other = (compiler.formula(each, where) for each in arguments)
    return lambda node, scope: then(node, scope) if to_truth(test(node, scope)) else other(node, scope)


def _coalesce(compiler: "Compiler", arguments: tuple[Tree, ...], where: Where) -> Formula:
    first, second = (compiler.formula(each, where) for each in arguments)

    def either(node: Node, scope: Scope) -> Value:
        value = first(node, scope)
        absent = value == "" or (isinstance(value, float) and math.isnan(value))
        return second(node, scope) if absent else value

    return either


def _once(compiler: "Compiler", arguments: tuple[Tree, ...], where: Where) -> Formula:
    inner = compiler.formula(arguments[0], where)
    return lambda node, scope: inner(node, scope) if node.value == "" else node.value


def _today(compiler: "Compiler", arguments: tuple[Tree, ...], where: Where) -> Formula:
    return lambda node, scope: midnight(scope.today)


def _now(compiler: "Compiler", arguments: tuple[Tree, ...], where: Where) -> Formula:
    return lambda node, scope: scope.now


def _format_date(compiler: "Compiler", arguments: tuple[Tree, ...], where: Where) -> Formula:
    if isinstance(arguments[1], Literal) and not PATTERN.fullmatch(str(arguments[1].value)):
        raise FormProblem("arguments", detail="format-date")
    value, pattern = (compiler.formula(each, where) for each in arguments)
    return lambda node, scope: format_date(value(node, scope), pattern(node, scope), scope.language)


def _regex(compiler: "Compiler", arguments: tuple[Tree, ...], where: Where) -> Formula:
    value, pattern = compiler.formula(arguments[0], where), arguments[1]
    if not isinstance(pattern, Literal) or not isinstance(pattern.value, str):
        raise FormProblem("arguments", detail="regex")
    matches = matcher(pattern.value)
    return lambda node, scope: matches(to_text(value(node, scope)))


def _position(compiler: "Compiler", arguments: tuple[Tree, ...], where: Where) -> Formula:
    if not arguments:
        return lambda node, scope: float(node.position if scope.at is None else scope.at)
    if not isinstance(arguments[0], Path):
        raise FormProblem("arguments", detail="position")
    find = compiler.finder(arguments[0], where)

    def place(node: Node, scope: Scope) -> Value:
        found = find(node, scope)
        return float(found[0].position) if found else 0.0

    return place


def _indexed_repeat(compiler: "Compiler", arguments: tuple[Tree, ...], where: Where) -> Formula:
    target = arguments[0]
    if len(arguments) % 2 == 0 or not isinstance(target, Path) or any(step.conditions for step in target.steps):
        raise FormProblem("arguments", detail="indexed-repeat")
    names, instance, start = compiler.target(target, where)
    indices: dict[int, Formula] = {}
    for group, index in zip(arguments[1::2], arguments[2::2], strict=True):
        above = compiler.target(group, where)[0] if isinstance(group, Path) else ()
        if instance or not above or names[: len(above)] != above or len(above) == len(names):
            raise FormProblem("arguments", detail="indexed-repeat")
        indices[len(above) - 1] = compiler.formula(index, where)
    same = next(
        (at for at, (a, b) in enumerate(zip(names, start, strict=False)) if a != b), min(len(names), len(start))
    )

    def found(node: Node, scope: Scope) -> Value:
        line, wanted = node.line(), {level: _index(index(node, scope)) for level, index in indices.items()}
        nodes = [scope.root]
        for level in range(1, len(names)):
            nodes = [child for each in nodes for child in each.children.get(names[level], ())]
            if at := wanted.get(level) or (line[level].position if level < same else 0):
                nodes = [each for each in nodes if each.position == at]
        return only([each for each in nodes if each.relevant])

    return found


def _index(value: Value) -> int:
    number = to_number(value)
    return 1 if math.isnan(number) else max(1, int(min(number, LARGEST)))


def _choice_name(compiler: "Compiler", arguments: tuple[Tree, ...], where: Where) -> Formula:
    value, literal = compiler.formula(arguments[0], where), arguments[1]
    path = parse(literal.value.strip()) if isinstance(literal, Literal) and isinstance(literal.value, str) else None
    if not isinstance(path, Path):
        raise FormProblem("arguments", detail="jr:choice-name")
    names: Names = compiler.target(path, where)[0]
    labels = {choice.code: choice.labels for choice in compiler.terrain.choices.get(names, ())}

    def name(node: Node, scope: Scope) -> Value:
        return say(labels.get(to_text(value(node, scope)), {}), scope.language)

    return name


SPECIAL: dict[str, Special] = {
    "if": _if,
    "coalesce": _coalesce,
    "once": _once,
    "today": _today,
    "now": _now,
    "format-date": _format_date,
    "regex": _regex,
    "position": _position,
    "indexed-repeat": _indexed_repeat,
    "jr:choice-name": _choice_name,
}
