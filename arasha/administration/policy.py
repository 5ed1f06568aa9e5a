"""Who may make and change accounts."""

from arasha.administration.rules import NotAllowed
from arasha.kernel.access import policy as access
from arasha.kernel.access.rules import Actor

ADMINISTRATION = "administration"


def require_administration(actor: Actor) -> None:
    """Raise NotAllowed unless the actor's post administers, or this is an installation's system work."""
    if not (actor.is_system or access.allows(actor, ADMINISTRATION)):
        raise NotAllowed


def require_system(actor: Actor) -> None:
    """Raise NotAllowed unless this is an installation's system work: nobody else hands out passwords."""
    if not actor.is_system:
        raise NotAllowed
