"""From the files of eligibility to rules, or to an error that names file, line and reason."""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from jsonschema import Draft202012Validator

from arasha.cases.rules import CONCERNS, RISKS
from arasha.plans.rules.codes import CRUEL_KINDS, FACTS
from arasha.plans.rules.eligibility import Eligibility
from arasha.protocols.rules import FaultyProtocol, Source, held_to

# Which codes a fact of the file can be.
CODES = {"concern": CONCERNS, "risk": RISKS, "cruel_kind": CRUEL_KINDS}
OPERATORS = {"number": ("at_least", "below"), "codes": ("one_of",), "yes_no": ("is",)}
DEEPEST = 6

FaultyRule = FaultyProtocol


@cache
def eligibility_rules() -> tuple[Eligibility, ...]:
    """Return the shipped rules, every version. Raises FaultyRule."""
    return tuple(read_rules(resources.files("arasha.plans") / "data" / "eligibility"))


def read_rules(folder: Traversable, *, acts: Collection[str] | None = None) -> list[Eligibility]:
    """Read every rule of a folder; `acts`: the keys of law that there are, where that is to be held, too.

    Raises FaultyRule: no YAML, a breach of the schema, a fact, a code or an act that there is not, a version twice,
    two versions of one rule that are valid on one day.
    """
    found: list[tuple[Source, Eligibility]] = []
    for file in sorted((file for file in folder.iterdir() if file.name.endswith(".yaml")), key=lambda file: file.name):
        source = read_rule(file.read_text(encoding="utf-8"), file.name, acts=acts)
        rule = Eligibility.from_content(source.content)
        _beside(source, rule, [other for _source, other in found if other.code == rule.code])
        found.append((source, rule))
    return [rule for _source, rule in found]


def read_rule(text: str, file: str, *, acts: Collection[str] | None = None) -> Source:
    """Read one rule's text. Raises FaultyRule."""
    source = held_to(_schema(), text, file)
    _days(source)
    seen: set[str] = set()
    for path, condition in _conditions(source, source.content["when"], ("when",)):
        _fits(source, path, condition)
        if condition["condition"] in seen:
            raise source.fault((*path, "condition"), f"the condition {condition['condition']!r} stands twice")
        seen.add(condition["condition"])
    if acts is not None:
        _cites(source, source.content, (), acts)
    return source


@cache
def _schema() -> Draft202012Validator:
    place = resources.files("arasha.plans") / "data" / "eligibility.schema.json"
    return Draft202012Validator(json.loads(place.read_text(encoding="utf-8")))


def _days(source: Source) -> None:
    days = {}
    for key in ("valid_from", "valid_to"):
        if key in source.content:
            try:
                days[key] = date.fromisoformat(source.content[key])
            except ValueError as wrong:
                raise source.fault((key,), f"{source.content[key]} is not a day") from wrong
    if "valid_to" in days and days["valid_to"] <= days["valid_from"]:
        raise source.fault(("valid_to",), "valid_to must lie after valid_from")


def _conditions(source: Source, node: Any, path: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    if len(path) > 2 * DEEPEST:
        raise source.fault(path, "groups within groups, deeper than any rule is")
    for kind in ("all", "any"):
        if kind in node:
            for number, part in enumerate(node[kind]):
                yield from _conditions(source, part, (*path, kind, number))
            return
    yield path, node


def _fits(source: Source, path: tuple[str | int, ...], condition: Any) -> None:
    """Refuse a fact that there is not, a comparison that does not suit it, a code that it never is."""
    if condition["fact"] not in FACTS:
        raise source.fault((*path, "fact"), f"there is no fact {condition['fact']!r}")
    kind = FACTS[condition["fact"]].more["kind"]
    compared = [name for names in OPERATORS.values() for name in names if name in condition]
    if len(compared) != 1 or compared[0] not in OPERATORS[kind]:
        wanted = " or ".join(OPERATORS[kind])
        raise source.fault(path, f"the fact {condition['fact']!r} is compared once, by {wanted}")
    for code in condition.get("one_of", ()):
        if code not in CODES[condition["fact"]]:
            raise source.fault((*path, "one_of"), f"{condition['fact']} is never {code!r}")


def _cites(source: Source, content: Any, path: tuple[str | int, ...], acts: Collection[str]) -> None:
    parts = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    for name, value in parts:
        if name == "act" and value not in acts:
            raise source.fault((*path, name), f"there is no act of law {value!r}")
        _cites(source, value, (*path, name), acts)


def _beside(source: Source, rule: Eligibility, others: Sequence[Eligibility]) -> None:
    for other in others:
        if other.version == rule.version:
            raise source.fault(("version",), f"version {rule.version} of {rule.code} stands twice")
        first, second = sorted((rule, other), key=lambda one: one.valid_from)
        if first.valid_to is None or first.valid_to > second.valid_from:
            raise source.fault(
                ("valid_from",), f"versions {first.version} and {second.version} of {rule.code} are valid on one day"
            )
