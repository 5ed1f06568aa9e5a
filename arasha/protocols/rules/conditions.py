"""Whether an event with its codes is the one that is meant."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

Wanted = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Conditions:
    """What an event's codes must say (`when`) and must not say (`unless`).

    A code that the event lacks never fulfils a `when` and never breaks an `unless`: what must also hold where nothing
    was said is written as `unless` the other value.
    """

    when: Wanted = field(default_factory=dict)
    unless: Wanted = field(default_factory=dict)

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> "Conditions":
        """Read the `when` and `unless` of a trigger or a step."""
        return cls(_wanted(content.get("when", {})), _wanted(content.get("unless", {})))

    def hold(self, codes: Mapping[str, Any]) -> bool:
        """Say whether each code of `when` has one of its values and no code of `unless` has any of its values.

        A code of the event may be one value or several.
        """
        wanted = all(_values(codes.get(code)) & set(values) for code, values in self.when.items())
        return wanted and not any(_values(codes.get(code)) & set(values) for code, values in self.unless.items())


ANY = Conditions()


@dataclass(frozen=True)
class Trigger:
    """An event by its verb, and what its codes must say."""

    event: str
    conditions: Conditions = ANY

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> "Trigger":
        """Read the `trigger` of a procedure or the `on` of a step."""
        return cls(content["event"], Conditions.from_content(content))

    def answers(self, event: str, codes: Mapping[str, Any]) -> bool:
        """Say whether this event with these codes is the one that is meant."""
        return event == self.event and self.conditions.hold(codes)


def _wanted(content: Mapping[str, Any]) -> Wanted:
    return {code: tuple(values) for code, values in content.items()}


def _values(given: Any) -> set[str]:
    if given is None:
        return set()
    return {given} if isinstance(given, str) else {str(value) for value in given}
