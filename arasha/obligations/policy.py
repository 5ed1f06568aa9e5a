"""Who may do what with an obligation, and which obligations an actor sees."""

from django.db.models import QuerySet

from arasha.kernel.access.policy import allows
from arasha.kernel.access.queries import visible_dossiers
from arasha.kernel.access.rules import Actor
from arasha.obligations.models import Obligation


class NotAllowed(PermissionError):
    """The actor may not do this with obligations."""


class NotOwedByYou(NotAllowed):
    """Another unit owes this; only a post of that unit can meet it."""


def visible_to(actor: Actor) -> QuerySet[Obligation]:
    """Return the obligations of the files that the actor's unit or the actor works on.

    Row security asks more (the facet, bars, the period of the part); this names the unit so that lists are found by it.
    """
    if actor.kind == "system" or actor.scope == "nation":
        return Obligation.objects.all()
    return Obligation.objects.filter(dossier__in=visible_dossiers(actor))


def may_raise(actor: Actor) -> bool:
    """Say whether the actor may set off procedures: whoever may tell or change a file; the database checks the file."""
    return actor.kind == "system" or actor.post_id is not None


def may_meet(actor: Actor, obligation: Obligation) -> bool:
    """Say whether the actor may answer: somebody who acts in a post of the unit that owes."""
    owes = actor.unit_id is not None and actor.unit_id == obligation.unit_id
    return actor.kind == "user" and actor.post_id is not None and owes and allows(actor, "meet_obligations")


def may_climb(actor: Actor) -> bool:
    """Say whether the actor may let silence climb: the sweeper. Nobody presses a key, nobody holds it back."""
    return actor.kind == "system" and actor.purpose == "sweep"
