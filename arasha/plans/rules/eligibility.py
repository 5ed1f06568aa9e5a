"""What opens a service to a child: rules as data, and an answer that says why and names what nobody knows yet. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

Words = Mapping[str, str]


class Outcome(StrEnum):
    """What a condition or a whole rule comes to. Unknown is never "no"."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class NotInForce(ValueError):
    """The rule is not valid on the day that was asked for."""


@dataclass(frozen=True)
class Fact:
    """What is known of one thing: codes or a number, or between which two it lies (`number` to `highest`).

    `complete`: what is not among the codes is known not to be so.

    The concerns of a file are not complete: that nobody named neglect does not say that there is none.
    """

    codes: frozenset[str] = frozenset()
    number: int | None = None
    complete: bool = True
    highest: int | None = None


Facts = Mapping[str, Fact]


@dataclass(frozen=True)
class Basis:
    """An act of law by its key, and the place in it."""

    act: str
    point: Words


@dataclass(frozen=True)
class Condition:
    """One thing that must be so: a fact that reaches a number, stays below one, or is one of some codes."""

    code: str
    fact: str
    words: Words
    basis: tuple[Basis, ...]
    at_least: int | None = None
    below: int | None = None
    one_of: frozenset[str] = frozenset()

    def holds(self, facts: Facts) -> Outcome:
        """Say whether it is so."""
        fact = facts.get(self.fact)
        if fact is None:
            return Outcome.UNKNOWN
        if self.one_of:
            if fact.codes & self.one_of:
                return Outcome.MET
            return Outcome.NOT_MET if fact.complete else Outcome.UNKNOWN
        if fact.number is None:
            return Outcome.UNKNOWN
        least, most = fact.number, fact.number if fact.highest is None else fact.highest
        low, high = (self._reached(number) for number in (least, most))
        if low != high:
            return Outcome.UNKNOWN
        return Outcome.MET if low else Outcome.NOT_MET

    def _reached(self, number: int) -> bool:
        return number >= self.at_least if self.at_least is not None else number < (self.below or 0)


@dataclass(frozen=True)
class Group:
    """Conditions of which all must be so, or any."""

    kind: str  # "all" | "any"
    parts: tuple["Condition | Group", ...]


@dataclass(frozen=True)
class Line:
    """One line of an explanation: a condition and what came of it, or the head of a group; `depth` from 0."""

    depth: int
    outcome: Outcome
    condition: Condition | None
    kind: str = ""


@dataclass(frozen=True)
class Decision:
    """A rule's answer with its explanation; `missing` are the facts to find out, in the order of the rule."""

    outcome: Outcome
    lines: tuple[Line, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Eligibility:
    """One version of a rule as its file says it."""

    code: str
    version: int
    valid_from: date
    valid_to: date | None
    verified_by: str
    opens: Words
    decided_by: Words
    note: Words
    basis: tuple[Basis, ...]
    when: Condition | Group

    def stands_on(self, day: date) -> bool:
        """Say whether the rule is valid on a day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> "Eligibility":
        """Read a file's content, which the schema has passed."""
        return cls(
            code=content["rule"],
            version=content["version"],
            valid_from=date.fromisoformat(content["valid_from"]),
            valid_to=date.fromisoformat(content["valid_to"]) if "valid_to" in content else None,
            verified_by=content["verified_by"],
            opens=content["opens"],
            decided_by=content["decided_by"],
            note=content["note"],
            basis=_basis(content["basis"]),
            when=_node(content["when"]),
        )


def decide(rule: Eligibility, facts: Facts, on: date) -> Decision:
    """Say whether a rule is met on a day by what is known, line by line. Raises NotInForce.

    Of a group "any" one met part is enough whatever else is unknown; of a group "all" one that is not met decides.
    Otherwise what is unknown keeps the answer unknown, and is named as what to find out.
    """
    if not rule.stands_on(on):
        raise NotInForce(f"{rule.code} {rule.version}")
    outcome = _outcome(rule.when, facts)
    missing = dict.fromkeys(_missing(rule.when, facts)) if outcome is Outcome.UNKNOWN else {}
    return Decision(outcome, tuple(_lines(rule.when, facts, 0)), tuple(missing))


def standing(rules: Sequence[Eligibility], on: date) -> list[Eligibility]:
    """Return the version of each rule that is valid on a day; of several the highest."""
    newest: dict[str, Eligibility] = {}
    for rule in rules:
        if rule.stands_on(on) and (rule.code not in newest or rule.version > newest[rule.code].version):
            newest[rule.code] = rule
    return list(newest.values())


def conditions(node: "Condition | Group") -> Iterator[Condition]:
    """Yield every condition of a rule, in its order."""
    if isinstance(node, Condition):
        yield node
        return
    for part in node.parts:
        yield from conditions(part)


def _outcome(node: Condition | Group, facts: Facts) -> Outcome:
    if isinstance(node, Condition):
        return node.holds(facts)
    found = {_outcome(part, facts) for part in node.parts}
    decides, otherwise = (Outcome.MET, Outcome.NOT_MET) if node.kind == "any" else (Outcome.NOT_MET, Outcome.MET)
    if decides in found:
        return decides
    return Outcome.UNKNOWN if Outcome.UNKNOWN in found else otherwise


def _missing(node: Condition | Group, facts: Facts) -> Iterator[str]:
    """Yield the facts that keep a node unknown: what is decided already asks for nothing more."""
    if _outcome(node, facts) is not Outcome.UNKNOWN:
        return
    if isinstance(node, Condition):
        yield node.fact
        return
    for part in node.parts:
        yield from _missing(part, facts)


def _lines(node: Condition | Group, facts: Facts, depth: int) -> Iterator[Line]:
    outcome = _outcome(node, facts)
    if isinstance(node, Condition):
        yield Line(depth, outcome, node)
        return
    yield Line(depth, outcome, None, node.kind)
    for part in node.parts:
        yield from _lines(part, facts, depth + 1)


def _node(content: Mapping[str, Any]) -> Condition | Group:
    for kind in ("all", "any"):
        if kind in content:
            return Group(kind, tuple(_node(part) for part in content[kind]))
    one_of = frozenset([content["is"]] if "is" in content else content.get("one_of", ()))
    return Condition(
        code=content["condition"],
        fact=content["fact"],
        words=content["words"],
        basis=_basis(content["basis"]),
        at_least=content.get("at_least"),
        below=content.get("below"),
        one_of=one_of,
    )


def _basis(content: Sequence[Mapping[str, Any]]) -> tuple[Basis, ...]:
    return tuple(Basis(one["act"], one["point"]) for one in content)
