"""Who enters infrastructure, and who reads it. The database asks the same again (migration 0002)."""

from django.db import connection
from django.db.models import QuerySet

from arasha.coverage.models import Commitment, Need
from arasha.kernel.access.policy import allows
from arasha.kernel.access.rules import Actor

KEEP = "keep_infrastructure"


class NotAllowed(PermissionError):
    """Infrastructure is entered by coordination, each in its own territory."""


def may_keep(actor: Actor, place: str) -> bool:
    """Say whether the actor enters what is promised and missing at a place: coordination whose territory holds it."""
    if actor.user_id is None or not allows(actor, KEEP):
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT coverage.keeps(%s)", [place])
        return bool(cursor.fetchone()[0])


def require_keeping(actor: Actor, place: str) -> None:
    """Raise NotAllowed unless the actor enters infrastructure at the place."""
    if not may_keep(actor, place):
        raise NotAllowed


def visible_to(actor: Actor) -> QuerySet[Commitment]:
    """Return all commitments to whoever acts in a post; there is no child in any."""
    return Commitment.objects.all() if actor.post_id is not None else Commitment.objects.none()


def visible_needs(actor: Actor) -> QuerySet[Need]:
    """Return all counts of what is missing to whoever acts in a post."""
    return Need.objects.all() if actor.post_id is not None else Need.objects.none()
