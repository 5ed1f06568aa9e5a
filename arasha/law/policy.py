"""Who may change the table of acts: the installation and nobody else; corrections come with a release."""

from arasha.kernel.access.rules import Actor


class NotAllowed(PermissionError):
    """The table of acts is loaded by the installation only."""


def may_load(actor: Actor) -> bool:
    """Say whether the actor may bring the table of acts to what the file says."""
    return actor.kind == "system"
