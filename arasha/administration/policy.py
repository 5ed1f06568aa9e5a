"""Who may make and change accounts, and who arranges rosters."""

from arasha.administration import queries
from arasha.administration.rules import NotAllowed
from arasha.kernel.access import policy as access
from arasha.kernel.access.rules import Actor, NotThere

ADMINISTRATION = "administration"


def require_administration(actor: Actor) -> None:
    """Raise NotAllowed unless the actor's post administers, or this is an installation's system work."""
    if not (actor.is_system or access.allows(actor, ADMINISTRATION)):
        raise NotAllowed


def require_system(actor: Actor) -> None:
    """Raise NotAllowed unless this is an installation's system work: nobody else hands out passwords."""
    if not actor.is_system:
        raise NotAllowed


def require_arranging(unit_id: int) -> None:
    """Raise NotThere unless the actor of this transaction arranges the unit's roster; row security asks again."""
    if not queries.may_arrange(unit_id):
        raise NotThere
