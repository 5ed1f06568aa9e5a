"""The functions that a form may use, what they take, and what they do with values already computed.

`if`, `coalesce`, `once`, `position`, `indexed-repeat` and `jr:choice-name` need more than values: `compiling` has them.
Anything that is not named here refuses the form.
"""

import math
from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

import re2

from arasha.questionnaires.rules.problems import FormProblem
from arasha.questionnaires.rules.values import (
    NAN,
    Value,
    formatted,
    to_days,
    to_moment,
    to_number,
    to_text,
    to_truth,
)

ANY = 1000
PLACES = 30
# How many arguments each takes: at least, at most.
ARGUMENTS: dict[str, tuple[int, int]] = {
    "selected": (2, 2), "count-selected": (1, 1), "selected-at": (2, 2), "if": (3, 3), "coalesce": (2, 2),
    "once": (1, 1), "count": (1, 1), "sum": (1, 1), "concat": (1, ANY), "string-length": (1, 1), "regex": (2, 2),
    "int": (1, 1), "number": (1, 1), "round": (1, 2), "not": (1, 1), "true": (0, 0), "false": (0, 0),
    "today": (0, 0), "now": (0, 0), "date": (1, 1), "decimal-date-time": (1, 1), "format-date": (2, 2),
    "position": (0, 1), "indexed-repeat": (3, 11), "min": (1, ANY), "max": (1, ANY), "boolean": (1, 1),
    "string": (1, 1), "contains": (2, 2), "starts-with": (2, 2), "substr": (2, 3), "jr:choice-name": (2, 2),
}  # fmt: skip
# They take all the answers that a path leads to; every other function takes one.
OVER_MANY = {"count", "sum", "min", "max", "concat"}
# What they say changes with the day, the clock or the reader's language.
CHANGING = {"today", "now", "once", "jr:choice-name", "format-date"}


def matcher(pattern: str) -> Callable[[str], bool]:
    """Return a test of whole texts against a pattern, in a time that is linear in the text's length.

    Raises:
        FormProblem: `pattern`, when it is no pattern of RE2: it has no look-ahead and no back-references.
    """
    options = re2.Options()
    options.log_errors = False
    try:
        compiled = re2.compile(pattern, options)
    except re2.error as wrong:
        raise FormProblem("pattern", detail=pattern) from wrong
    return lambda text: compiled.fullmatch(text) is not None


def rounded(number: float, places: int) -> float:
    """Round half up, negative numbers half towards zero, as JavaRosa does."""
    if math.isnan(number) or math.isinf(number):
        return number
    if abs(places) > PLACES:
        return NAN
    if places < 0:
        tens = 10.0**-places
        return float(int(number / tens + 0.5)) * tens
    way = ROUND_HALF_DOWN if number < 0 else ROUND_HALF_UP
    exact = Decimal(repr(number))
    if exact.adjusted() + places > 26:
        return number
    return float(exact.quantize(Decimal(1).scaleb(-places), rounding=way))


def whole(number: float) -> float:
    """Cut off what stands after the point."""
    return number if math.isnan(number) or math.isinf(number) else float(math.trunc(number))


def added(values: Sequence[Value]) -> float:
    """Return the sum of the numbers among values."""
    return 0.0 + sum(number for each in values if not math.isnan(number := to_number(each)))


def extreme(choose: Callable[[Sequence[float]], float]) -> Callable[[Sequence[Value]], float]:
    """Return a function for the least or the greatest number among values; none is not a number."""

    def among(values: Sequence[Value]) -> float:
        numbers = [number for each in values if not math.isnan(number := to_number(each))]
        return choose(numbers) if numbers else NAN

    return among


def cut(text: str, begin: float, end: float | None) -> str:
    """Return a part of a text; negative places count from its end."""
    length = len(text)
    first, last = _place(begin, length), _place(end, length) if end is not None else length
    return text[first:last] if first <= last else ""


def _place(number: float, length: int) -> int:
    if math.isnan(number):
        return 0
    place = int(max(-(2.0**31), min(2.0**31 - 1, number)))
    return min(max(0, place + length if place < 0 else place), length)


def _chosen_at(value: Value, index: Value) -> str:
    chosen, place = to_text(value).split(), to_number(index)
    at = 0 if math.isnan(place) else int(max(-1.0, min(place, 1e6)))
    return chosen[at] if 0 <= at < len(chosen) else ""


def _selected(value: Value, code: Value) -> bool:
    return f" {to_text(code).strip()} " in f" {to_text(value)} "


def _rounded(number: Value, places: Value = 0.0) -> float:
    return rounded(to_number(number), int(to_number(places)) if not math.isnan(to_number(places)) else 0)


def _cut(text: Value, begin: Value, end: Value | None = None) -> str:
    return cut(to_text(text), to_number(begin), None if end is None else to_number(end))


def format_date(value: Value, pattern: Value, language: str) -> str:
    """Return a moment as a pattern says, an absent one as the empty text."""
    moment = to_moment(value, keeps_time=True)
    return formatted(moment, to_text(pattern), language) if isinstance(moment, datetime) else ""


SIMPLE: dict[str, Callable[..., Value]] = {
    "selected": _selected,
    "count-selected": lambda value: float(len(to_text(value).split())),
    "selected-at": _chosen_at,
    "string-length": lambda value: float(len(to_text(value))),
    "int": lambda value: whole(to_number(value)),
    "number": to_number,
    "round": _rounded,
    "not": lambda value: not to_truth(value),
    "true": lambda: True,
    "false": lambda: False,
    "date": lambda value: to_moment(value, keeps_time=False),
    "decimal-date-time": to_days,
    "boolean": to_truth,
    "string": to_text,
    "contains": lambda text, part: to_text(part) in to_text(text),
    "starts-with": lambda text, part: to_text(text).startswith(to_text(part)),
    "substr": _cut,
}
MANY: dict[str, Callable[[Sequence[Value]], Value]] = {
    "sum": added,
    "min": extreme(min),
    "max": extreme(max),
    "concat": lambda values: "".join(map(to_text, values)),
}
