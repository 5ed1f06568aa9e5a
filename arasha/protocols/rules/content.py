"""A procedure's content as values: what starts it, its steps, its ladder."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from arasha.kernel.worktime.rules import Limit

Words = Mapping[str, str]


@dataclass(frozen=True)
class Basis:
    """The act of law that a step rests on, by its key in `law`, and the point of it in three languages."""

    act: str
    point: Words


@dataclass(frozen=True)
class Step:
    """One thing that the procedure asks for: of which function, what, by when, shown by what, because of what."""

    key: str
    function: str
    what: Words
    act: Words
    limit: Limit
    evidence: Words
    basis: tuple[Basis, ...]
    blocks: frozenset[str]


@dataclass(frozen=True)
class Rung:
    """Who is told of silence. `function` is empty for the unit above the obliged one; `after` None means at once."""

    number: int
    function: str
    after: Limit | None


@dataclass(frozen=True)
class Protocol:
    """One version of one procedure."""

    code: str
    version: int
    valid_from: date
    valid_to: date | None
    verified_by: str
    title: Words
    event: str
    when: Mapping[str, tuple[str, ...]]
    steps: tuple[Step, ...]
    ladder: tuple[Rung, ...]
    substitutes: tuple[str, ...]

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> "Protocol":
        """Read what `reading.read` accepted and the database keeps."""
        return cls(
            code=content["protocol"],
            version=content["version"],
            valid_from=date.fromisoformat(content["valid_from"]),
            valid_to=date.fromisoformat(content["valid_to"]) if content.get("valid_to") else None,
            verified_by=content["verified_by"],
            title=content["title"],
            event=content["trigger"]["event"],
            when={code: tuple(values) for code, values in content["trigger"]["when"].items()},
            steps=tuple(_step(step) for step in content["steps"]),
            ladder=tuple(_rung(rung) for rung in content["ladder"]),
            substitutes=tuple(content["substitutes"]),
        )

    def step(self, key: str) -> Step:
        """Return the step with this key. Raises KeyError."""
        for step in self.steps:
            if step.key == key:
                return step
        raise KeyError(key)


def _step(content: Mapping[str, Any]) -> Step:
    return Step(
        key=content["step"],
        function=content["owed_by"]["function"],
        what=content["what"],
        act=content["act"],
        limit=Limit.from_json(content["limit"]),
        evidence=content["evidence"],
        basis=tuple(Basis(basis["act"], basis["point"]) for basis in content["basis"]),
        blocks=frozenset(content["blocks"]),
    )


def _rung(content: Mapping[str, Any]) -> Rung:
    after = None if content["after"] == "at_once" else Limit.from_json(content["after"])
    return Rung(content["rung"], content["to"].get("function", ""), after)


def matches(protocol: Protocol, event: str, codes: Mapping[str, Any]) -> bool:
    """Say whether the event with these codes starts the procedure: each code named has one of the named values.

    A code of the event may be one value or several.
    """
    if protocol.event != event:
        return False
    return all(_values(codes.get(code)) & set(wanted) for code, wanted in protocol.when.items())


def _values(given: Any) -> set[str]:
    if given is None:
        return set()
    return {given} if isinstance(given, str) else set(given)


def in_force(versions: Iterable[Protocol], day: date) -> list[Protocol]:
    """Return one version of each procedure: the highest number whose validity holds the day, in order of code.

    A version that has ended does not let an older one come back.
    """
    begun: dict[str, Protocol] = {}
    for version in versions:
        known = begun.get(version.code)
        if version.valid_from <= day and (known is None or version.version > known.version):
            begun[version.code] = version
    standing = (begun[code] for code in sorted(begun))
    return [version for version in standing if version.valid_to is None or day < version.valid_to]
