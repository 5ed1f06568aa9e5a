"""A procedure's content as values: what starts it, its steps, its ladder, who is bound to report."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from arasha.kernel.worktime.rules import Limit
from arasha.protocols.rules.conditions import ANY, Conditions, Trigger

Words = Mapping[str, str]
EVENT, IDENTIFIED = "event", "identified"
MET = "meet_obligation"  # the event that a step's being met is to the steps that follow it
REPORTING, SCHOOL, CLINIC = "reporting_body", "school_of_the_child", "clinic_of_the_child"
NAMED_UNIT = "named_unit"  # whoever an agreement or a decision names
# Whom a child was referred to, or who was asked; and who referred or asked.
RECEIVING, SENDING = "receiving_unit", "sending_unit"
BODIES = (REPORTING, SCHOOL, CLINIC, NAMED_UNIT, RECEIVING, SENDING)
OF_THE_CHILD, WHERE_FOUND = "of_the_child", "where_found"


@dataclass(frozen=True)
class Basis:
    """The act of law that a step rests on, by its key in `law`, and the point of it in three languages."""

    act: str
    point: Words


@dataclass(frozen=True)
class Rung:
    """Who is told of silence. `function` is empty for the unit above the obliged one; `after` None means at once."""

    number: int
    function: str
    after: Limit | None


@dataclass(frozen=True)
class Outcome:
    """One of the answers with which a step may be met."""

    code: str
    words: Words


@dataclass(frozen=True)
class Step:
    """One thing that the procedure asks for: of whom, what, by when, shown by what, because of what.

    `body` is empty where the body is found by function in the child's territory; else the role (one of `BODIES`)
    whose unit the event names, and the function finds the body where the event names none; `place` says in which
    territory it is found: where the child lives, or where the child was found. `on` None: raised when the procedure
    starts, else when the later event comes. `conditions` are asked of that event's codes besides. `counts_from` is
    the event, or the moment at which the worker identified it. A `notice` is told in writing: it
    gets delivery and receipt. `outcomes` are the answers it may be met with; empty: a statement is enough.
    `ladder` None: the procedure's. `requires` is what must be so in the file before it can be met. `day_named`: the
    event may name the last day, as an agreement does; where it names none the limit holds.
    """

    key: str
    function: str
    what: Words
    act: Words
    limit: Limit
    evidence: Words
    basis: tuple[Basis, ...]
    blocks: frozenset[str]
    body: str = ""
    place: str = OF_THE_CHILD
    on: Trigger | None = None
    conditions: Conditions = ANY
    counts_from: str = EVENT
    notice: bool = False
    outcomes: tuple[Outcome, ...] = ()
    ladder: tuple[Rung, ...] | None = None
    requires: frozenset[str] = frozenset()
    day_named: bool = False

    def outcome(self, code: str) -> Outcome:
        """Return the outcome with this code. Raises KeyError."""
        for outcome in self.outcomes:
            if outcome.code == code:
                return outcome
        raise KeyError(code)


@dataclass(frozen=True)
class Bound:
    """Who must report, what, to whom, because of what. `reporter` is the code that an event names the person by."""

    reporter: str
    who: Words
    what: Words
    to: Words
    basis: tuple[Basis, ...]


@dataclass(frozen=True)
class Protocol:
    """One version of one procedure.

    `title` is what readers of a child's file see and does not say who reported; `name` is what those who work with
    procedures call it, where that is another. `takeover` is the least time of a body that takes over what another
    declined; None: what is left of the limit.
    """

    code: str
    version: int
    valid_from: date
    valid_to: date | None
    verified_by: str
    source: str
    declared: str
    title: Words
    trigger: Trigger
    steps: tuple[Step, ...]
    ladder: tuple[Rung, ...]
    substitutes: tuple[str, ...]
    ladder_basis: tuple[Basis, ...] = ()
    bound: tuple[Bound, ...] = ()
    takeover: Limit | None = None
    name: Words | None = None

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> "Protocol":
        """Read what `reading.read` accepted and the database keeps."""
        return cls(
            code=content["protocol"],
            version=content["version"],
            valid_from=date.fromisoformat(content["valid_from"]),
            valid_to=date.fromisoformat(content["valid_to"]) if content.get("valid_to") else None,
            verified_by=content["verified_by"],
            source=content["source"],
            declared=content.get("standing", "in_force"),
            title=content["title"],
            trigger=Trigger.from_content(content["trigger"]),
            steps=tuple(_step(step) for step in content["steps"]),
            ladder=_ladder(content["ladder"]),
            substitutes=tuple(content["substitutes"]),
            ladder_basis=_basis(content.get("ladder_basis", ())),
            bound=tuple(_bound(bound) for bound in content.get("bound", ())),
            takeover=Limit.from_json(content["takeover"]) if "takeover" in content else None,
            name=content.get("name"),
        )

    @property
    def event(self) -> str:
        """The event that starts it."""
        return self.trigger.event

    @property
    def called(self) -> Words:
        """What it is called among those who work with procedures; readers of a child's file see the title."""
        return self.name or self.title

    def step(self, key: str) -> Step:
        """Return the step with this key. Raises KeyError."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)

    def ladder_of(self, step: Step) -> tuple[Rung, ...]:
        """Return the rungs that the step's silence climbs: its own, else the procedure's."""
        return self.ladder if step.ladder is None else step.ladder

    def steps_on(self, event: str, codes: Mapping[str, Any]) -> list[Step]:
        """Return the steps to raise when this event comes: those it starts, or those that wait for it.

        Where the codes name a `protocol`, a step of another one that happens to have the same name is not meant.
        """
        if event == self.trigger.event:
            starts = self.trigger.answers(event, codes)
            return [step for step in self.steps if starts and step.on is None and step.conditions.hold(codes)]
        if event == MET and codes.get("protocol", self.code) != self.code:
            return []
        waiting = [step for step in self.steps if step.on is not None and step.on.answers(event, codes)]
        return [step for step in waiting if step.conditions.hold(codes)]


def _step(content: Mapping[str, Any]) -> Step:
    return Step(
        key=content["step"],
        function=content["owed_by"]["function"],
        what=content["what"],
        act=content["act"],
        limit=Limit.from_json(content["limit"]),
        evidence=content["evidence"],
        basis=_basis(content["basis"]),
        blocks=frozenset(content["blocks"]),
        body=content["owed_by"].get("body", ""),
        place=content["owed_by"].get("territory", OF_THE_CHILD),
        on=Trigger.from_content(content["on"]) if "on" in content else None,
        conditions=Conditions.from_content(content),
        counts_from=content.get("counts_from", EVENT),
        notice=content.get("notice", False),
        outcomes=tuple(Outcome(outcome["outcome"], outcome["words"]) for outcome in content.get("outcomes", ())),
        ladder=_ladder(content["ladder"]) if "ladder" in content else None,
        requires=frozenset(content.get("requires", ())),
        day_named=content.get("day_named", False),
    )


def _basis(content: Iterable[Mapping[str, Any]]) -> tuple[Basis, ...]:
    return tuple(Basis(basis["act"], basis["point"]) for basis in content)


def _bound(content: Mapping[str, Any]) -> Bound:
    return Bound(content["reporter"], content["who"], content["what"], content["to"], _basis(content["basis"]))


def _ladder(content: Iterable[Mapping[str, Any]]) -> tuple[Rung, ...]:
    return tuple(_rung(rung) for rung in content)


def _rung(content: Mapping[str, Any]) -> Rung:
    after = None if content["after"] == "at_once" else Limit.from_json(content["after"])
    return Rung(content["rung"], content["to"].get("function", ""), after)


def matches(protocol: Protocol, event: str, codes: Mapping[str, Any]) -> bool:
    """Say whether the event with these codes starts the procedure."""
    return protocol.trigger.answers(event, codes)
