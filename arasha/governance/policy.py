"""Who keeps the register of pilots, and who reads it. The database asks the same again (migration 0002)."""

from collections.abc import Iterable

from django.db import connection
from django.db.models import QuerySet

from arasha.governance.models import Pilot
from arasha.kernel.access.policy import allows
from arasha.kernel.access.rules import Actor

KEEP = "keep_pilots"
CLOCK = "pilots"


class NotAllowed(PermissionError):
    """Pilots are kept by coordination, each in its own territory; reminders are the clock's."""


def may_keep(actor: Actor, places: Iterable[str]) -> bool:
    """Say whether the actor keeps a pilot of these places: coordination whose territory holds every one of them."""
    if actor.user_id is None or not allows(actor, KEEP):
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT governance.keeps(%s::text[])", [list(places)])
        return bool(cursor.fetchone()[0])


def require_keeping(actor: Actor, places: Iterable[str]) -> None:
    """Raise NotAllowed unless the actor keeps pilots at all these places."""
    if not may_keep(actor, places):
        raise NotAllowed


def may_remind(actor: Actor) -> bool:
    """Say whether this is the clock's work on pilots."""
    return actor.is_system and actor.purpose == CLOCK


def visible_to(actor: Actor) -> QuerySet[Pilot]:
    """Return all pilots to whoever acts in a post, and to the clock's work; there is no child in any."""
    return Pilot.objects.all() if actor.post_id is not None or may_remind(actor) else Pilot.objects.none()
