"""Who may move the training clock, and who installs."""

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """What this part needs to know of who acts; `access.rules.Actor` is one."""

    @property
    def kind(self) -> str: ...
    @property
    def functions(self) -> frozenset[str]: ...


@dataclass(frozen=True, slots=True)
class Installation:
    """The one who installs or upgrades, before anybody has a post: acts on the owner's connection only."""

    kind: str = "installation"
    functions: frozenset[str] = frozenset()


INSTALLATION = Installation()


class NotAllowed(PermissionError):
    """The actor's post does not carry the function that this action asks for."""


def may_move_clock(actor: Actor) -> bool:
    """Say whether the actor moves the clock: anybody signed in where nothing is real (the database holds that)."""
    return actor.kind in {"installation", "user", "system"}
