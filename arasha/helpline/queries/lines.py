"""Lines of the exchange as the supervisor arranges them, and calls that came to lines of nobody."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from arasha.helpline import policy
from arasha.helpline.models import Call, Extension
from arasha.kernel.access.models import Post
from arasha.kernel.access.queries import names_of
from arasha.kernel.access.rules import Actor

LATELY = timedelta(days=7)
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A line with who sits at it: the post, and the name of its holder where there is one."""

    row: Extension
    holder: str


@dataclass(frozen=True, slots=True)
class StrangeLine:
    """A line at which calls were answered and that belongs to nobody."""

    unit: int
    number: str
    calls: int
    last_at: datetime


def lines(actor: Actor) -> list[Line]:
    """Return the lines in use of the helplines that the actor watches over."""
    own = Extension.objects.filter(unit__in=policy.supervised_units(actor), until=None)
    rows = list(own.select_related("unit", "post").order_by("unit", "number"))
    names = names_of({row.post.holder_id for row in rows if row.post.holder_id})
    return [Line(row, names.get(row.post.holder_id or 0, "")) for row in rows]


def seats(actor: Actor) -> list[tuple[Post, str]]:
    """Return the posts that a line can be given to, with their holders' names."""
    rows = list(
        Post.objects.filter(unit__in=policy.supervised_units(actor), until=None)
        .select_related("unit")
        .order_by("unit", "id")
    )
    names = names_of({row.holder_id for row in rows if row.holder_id})
    return [(row, names.get(row.holder_id or 0, "")) for row in rows]


def strange_lines(actor: Actor, now: datetime) -> list[StrangeLine]:
    """Return lines of nobody at which calls were answered in the last seven days."""
    if not policy.supervised_units(actor):
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit, number, calls, last_at FROM helpline.strange_lines(%s)", [now - LATELY])
        return [StrangeLine(*row) for row in cursor.fetchall()]


def due_calls(actor: Actor) -> list[UUID]:
    """Return the calls of which something is to be done, those heard of first before others; for the clock alone."""
    if not actor.is_system:
        return []
    return list(Call.objects.filter(due=True).order_by("heard_at", "id").values_list("pk", flat=True)[:AT_ONCE])
