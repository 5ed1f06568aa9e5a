"""Who keeps the directory, and what of it anybody sees. The database asks the same again (migration 0002)."""

from typing import TypeVar

from django.db import connection
from django.db.models import QuerySet

from arasha.kernel.access.policy import allows
from arasha.kernel.access.rules import Actor, NotThere
from arasha.services.models import Load, Offering, Provider, Site

KEEP = "keep_directory"

M = TypeVar("M", Offering, Site, Provider, Load)


class NotAllowed(PermissionError):
    """The directory is kept by coordination, each in its own territory."""


def may_keep(actor: Actor, place: str) -> bool:
    """Say whether the actor keeps the directory at a place: coordination whose territory holds it, or system work."""
    if not (actor.is_system or allows(actor, KEEP)):
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT services.keeps(%s)", [place])
        return bool(cursor.fetchone()[0])


def require_keeping(actor: Actor, place: str) -> None:
    """Raise NotAllowed unless the actor keeps the directory at the place."""
    if not may_keep(actor, place):
        raise NotAllowed


def may_say_room(actor: Actor, row: Offering) -> bool:
    """Say whether the actor says how much room an offering has: its keeper, or whoever works at its provider's body."""
    works = actor.body_id is not None and actor.body_id == row.site.provider.body_id
    return works or may_keep(actor, row.site.territory_id)


def require_saying_room(actor: Actor, row: Offering) -> None:
    """Raise NotAllowed unless the actor may say how much room an offering has."""
    if not may_say_room(actor, row):
        raise NotAllowed


def visible_to(actor: Actor) -> QuerySet[Offering]:
    """Return the offerings whose whole entry the actor may read: all but protected ones that are not theirs to keep or
    their place of work. Whoever only looks for help asks `queries.find`.
    """
    return _for(actor, Offering.objects.select_related("site__provider__body"))


def visible_sites(actor: Actor) -> QuerySet[Site]:
    """Return the sites whose whole entry the actor may read."""
    return _for(actor, Site.objects.select_related("provider__body"))


def visible_providers(actor: Actor) -> QuerySet[Provider]:
    """Return the providers of which the actor may know."""
    return _for(actor, Provider.objects.select_related("body"))


def visible_loads(actor: Actor) -> QuerySet[Load]:
    """Return the tables that the actor's unit handed in."""
    return _for(actor, Load.objects.select_related("unit"))


def _for(actor: Actor, rows: QuerySet[M]) -> QuerySet[M]:
    """Row security chooses the rows; who acts in no post and is no system work reads none."""
    if not (actor.is_system or actor.post_id is not None or actor.kind == "account"):
        raise NotThere
    return rows
