"""Who may write territory: only who installs or upgrades, on the owner's connection."""

from dataclasses import dataclass
from typing import Protocol


class Actor(Protocol):
    """What this part needs to know of who acts."""

    @property
    def kind(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Installation:
    """The one who installs, upgrades or imports on the command line, before anybody has a post."""

    kind: str = "installation"


INSTALLATION = Installation()


class NotAllowed(PermissionError):
    """Territory is not written by people signed in."""


def require_installation(actor: Actor) -> None:
    """Raise NotAllowed for anybody but the installation."""
    if actor.kind != "installation":
        raise NotAllowed("territory is written by the installation only")
