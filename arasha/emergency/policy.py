"""Who declares an emergency, who says how a body works in it, who reads it. The database asks again (migration 2)."""

from django.db import connection
from django.db.models import QuerySet

from arasha.emergency.models import Emergency, Lifting, Standing
from arasha.kernel.access.models import Unit
from arasha.kernel.access.policy import allows
from arasha.kernel.access.rules import Actor

DECLARE = "declare_emergencies"
CARE = "emergency"


class NotAllowed(PermissionError):
    """An emergency is declared by coordination, each for its own territory; a body speaks for itself."""


def may_declare(actor: Actor, place: str) -> bool:
    """Say whether the actor declares and ends emergencies of a place: coordination whose territory holds it."""
    if actor.user_id is None or not allows(actor, DECLARE):
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT emergency.declares(%s)", [place])
        return bool(cursor.fetchone()[0])


def may_say(actor: Actor, unit: Unit) -> bool:
    """Say whether the actor says how a unit works: who sits in it, and coordination of its territory."""
    if not actor.acts_for_unit or actor.user_id is None:
        return False
    return actor.unit_id == unit.pk or may_declare(actor, unit.territory_id)


def may_care(actor: Actor) -> bool:
    """Say whether the actor is the clock, which ends emergencies and lets duties go over and come back."""
    return actor.is_system


def visible_to(actor: Actor) -> QuerySet[Emergency]:
    """Return all emergencies to whoever acts in a post, and to the clock; there is no child in any."""
    return Emergency.objects.all() if actor.post_id is not None or actor.is_system else Emergency.objects.none()


def visible_standings(actor: Actor) -> QuerySet[Standing]:
    """Return what bodies said, to the same readers."""
    return Standing.objects.filter(emergency__in=visible_to(actor))


def visible_liftings(actor: Actor) -> QuerySet[Lifting]:
    """Return what was lifted, to the same readers."""
    return Lifting.objects.filter(emergency__in=visible_to(actor))
