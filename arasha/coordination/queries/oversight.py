"""Who looked, who opened in an emergency, whose budget stopped: for those who answer for it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q

from arasha.cases import queries as cases
from arasha.cases.rules import read_number
from arasha.kernel.access.models import Budget, Glass, Look, Post
from arasha.kernel.access.queries import budgets_below, looks_at, names_of
from arasha.kernel.access.rules import Actor
from arasha.kernel.exchange.queries import names_of as systems_named

LOOKS = 200
REVIEWED = 25
TRIED = timedelta(hours=1)
ADDRESS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


@dataclass(frozen=True)
class Seen:
    """A person of the work by name and post, beside what is told of them: a look, an opening or a budget."""

    name: str
    post: Post | None
    row: Any


def looked(dossier: UUID) -> list[Seen]:
    """Return who looked at a file and who tried, newest first; nothing unless the reader leads or oversees it."""
    rows: list[Look] = looks_at(dossier, limit=LOOKS)
    systems = systems_named(row.account for row in rows if row.account)
    found = _named([(row.user, row.post, row) for row in rows])
    return [replace(seen, name=systems.get(seen.row.account, seen.name)) for seen in found]


def openings(actor: Actor) -> list[Seen]:
    """Return the emergency openings that the actor's unit answers for and did not make: unreviewed ones first."""
    mine = Q(lead_unit=actor.unit_id) | Q(watching_unit=actor.unit_id)
    others = Glass.objects.filter(mine).exclude(user=actor.user_id).exclude(post__unit=actor.unit_id)
    waiting = list(others.filter(reviewed_at=None).order_by("review_due", "id"))
    done = list(others.exclude(reviewed_at=None).order_by("-reviewed_at", "id")[:REVIEWED])
    return _named([(row.user_id, row.post_id, row) for row in [*waiting, *done]])


def openings_waiting(actor: Actor) -> int:
    """Return how many emergency openings wait for the actor's unit to review them."""
    return sum(seen.row.reviewed_at is None for seen in openings(actor))


def budgets() -> list[Seen]:
    """Return today's budgets below the actor's unit that alerted or stopped."""
    rows: list[Budget] = budgets_below()
    held = Post.objects.filter(holder__in=[row.user_id for row in rows]).order_by("-id") if rows else []
    posts = {post.holder_id: post.pk for post in held}
    return _named([(row.user_id, posts.get(row.user_id), row) for row in rows])


def is_suspended(actor: Actor, now: datetime) -> bool:
    """Say whether an emergency opening of the actor's was not reviewed in time, which suspends the right."""
    return Glass.objects.filter(user=actor.user_id, reviewed_at=None, review_due__lte=now).exists()


def refused_tries(actor: Actor, now: datetime) -> int:
    """Return how often the actor was refused something within the hour: numbers are not there to be guessed."""
    return Look.objects.filter(user=actor.user_id or 0, at__gt=now - TRIED, outcome="refused").count()


def file_named(typed: str) -> UUID | None:
    """Return which file a case's number or a file's address names, there or not; None when it is neither."""
    number = read_number(typed)
    if number:
        return cases.dossier_of_number(number)
    found = ADDRESS.search(typed)
    return UUID(found[0]) if found else None


def _named(rows: Iterable[tuple[int | None, int | None, Any]]) -> list[Seen]:
    """Put names and posts to rows, in two queries for any number."""
    found = list(rows)
    names = names_of({user for user, _post, _row in found if user})
    posts = Post.objects.select_related("unit").in_bulk({post for _user, post, _row in found if post})
    return [Seen(names.get(user or 0, ""), posts.get(post) if post else None, row) for user, post, row in found]
