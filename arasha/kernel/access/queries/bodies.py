"""Bodies, units and posts: who serves a territory, who supervises whom, who sits where."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import Q, QuerySet

from arasha.kernel.access.models import Post, Unit, UnitFunction
from arasha.kernel.access.rules import Actor
from arasha.kernel.territory.models import Territory

ALMATY = ZoneInfo("Asia/Almaty")


def _held(at: datetime) -> Q:
    return Q(since__lte=at) & (Q(until=None) | Q(until__gt=at))


def body_for(function: str, territory: str, at: datetime) -> Unit | None:
    """Return the unit that answers for a function in a territory (KATO) at a moment, or None: a gap in services.

    The unit that serves the territory itself comes first, then who serves the district, the region, the nation.
    """
    codes = Territory.objects.values_list("path", flat=True).get(pk=territory).split(".")
    day = at.astimezone(ALMATY).date()
    serving = (
        UnitFunction.objects.filter(_held(at), function=function, territory__in=codes)
        .filter(Q(unit__valid_to=None) | Q(unit__valid_to__gt=day), unit__valid_from__lte=day)
        .order_by("-territory__level", "since", "unit_id")
        .select_related("unit__body")
        .first()
    )
    return serving.unit if serving else None


def supervisor_of(unit: Unit, at: datetime) -> Unit | None:
    """Return the unit that supervises this one at a moment, or None at the top."""
    parent = unit.parent
    day = at.astimezone(ALMATY).date()
    while parent is not None and parent.valid_to is not None and parent.valid_to <= day:
        parent = parent.parent
    return parent


def post_holders(unit: Unit, at: datetime) -> QuerySet[Post]:
    """Return the posts of a unit that somebody holds at a moment."""
    return Post.objects.filter(_held(at), unit=unit, holder__isnull=False).order_by("id")


def posts_of(user_id: int, at: datetime) -> QuerySet[Post]:
    """Return the posts that a user holds at a moment."""
    return Post.objects.filter(_held(at), holder=user_id).select_related("unit__body").order_by("id")


def signature(actor: Actor) -> str:
    """Name who acts, with post and unit, in the reader's language: it stands on what is printed."""
    post = Post.objects.select_related("unit").filter(pk=actor.post_id).first() if actor.post_id else None
    name = names_of([actor.user_id]).get(actor.user_id, "") if actor.user_id else ""
    return ", ".join(part for part in (name, post.title if post else "", post.unit.name if post else "") if part)


def names_of(users: Iterable[int]) -> dict[int, str]:
    """Return colleagues' names by user id: what any signed-in person may know of them."""
    ids = list(users)
    if not ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM access.names(%s::integer[])", [ids])
        return dict(cursor.fetchall())
