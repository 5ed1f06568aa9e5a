"""Who may publish procedures: in this release the installation alone, from reviewed files."""

from arasha.kernel.access.rules import Actor


class NotAllowed(PermissionError):
    """Procedures are published by the installation only."""


def may_publish(actor: Actor) -> bool:
    """Say whether the actor may publish a version of a procedure."""
    return actor.kind == "system"
