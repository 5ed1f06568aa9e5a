"""What others may read of messages: one's own notices, and how the worker is."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from arasha.kernel.access.rules import Actor
from arasha.kernel.messages import rules
from arasha.kernel.messages.models import Notice, Reading

# The inbox looks back so far; the work itself stands on "My work" for as long as it is owed.
LOOKS_BACK: Final = timedelta(days=90)
PAGE: Final = 25
COUNTED_AT_MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the inbox."""

    id: uuid.UUID
    text: str
    at: datetime
    read: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the inbox; `next` is the cursor of the following one, or None."""

    lines: Sequence[Line]
    next: uuid.UUID | None


def own(actor: Actor) -> QuerySet[Notice]:
    """Return the actor's notices: to the user, to the post acted in, to its unit (row security says the same)."""
    mine = Q(user=actor.user_id)
    if actor.post_id is not None:
        mine |= Q(post=actor.post_id) | Q(unit=actor.unit_id)
    return Notice.objects.filter(mine)


def unread_notices(actor: Actor, *, now: datetime) -> QuerySet[Notice]:
    """Return the actor's notices of the last 90 days that the actor has not read."""
    return own(actor).filter(at__gt=now - LOOKS_BACK).exclude(Exists(_readings(actor)))


def unread(actor: Actor, *, now: datetime) -> int:
    """Count the unread notices, at most 100."""
    return unread_notices(actor, now=now)[:COUNTED_AT_MOST].count()


def inbox(actor: Actor, *, now: datetime, language: str, after: uuid.UUID | None = None) -> Page:
    """Return a page of the inbox, newest first, `after` a notice of the actor's. Raises Notice.DoesNotExist."""
    notices = own(actor).filter(at__gt=now - LOOKS_BACK)
    if after is not None:
        last = own(actor).get(pk=after)
        notices = notices.filter(Q(at__lt=last.at) | Q(at=last.at, pk__lt=last.pk))
    found = list(notices.annotate(read=Exists(_readings(actor))).order_by("-at", "-pk")[: PAGE + 1])
    lines = [
        Line(id=notice.pk, text=rules.text_of(notice.code, language), at=notice.at, read=notice.read)
        for notice in found[:PAGE]
    ]
    return Page(lines=lines, next=lines[-1].id if len(found) > PAGE else None)


def _readings(actor: Actor) -> QuerySet[Reading]:
    return Reading.objects.filter(notice=OuterRef("pk"), user=actor.user_id)


def timer_ages() -> dict[str, timedelta]:
    """Return how long ago each timer last ended well, by the database's clock."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT timer, clock_timestamp() - ended_at FROM message_pulse")
        return dict(cursor.fetchall())


def oldest_job(queue: str) -> timedelta:
    """Return how long the oldest job that may run has stood in a queue; zero when there is none."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(max(clock_timestamp() - coalesce(j.scheduled_at, e.at)), interval '0')"
            "  FROM procrastinate_jobs j JOIN procrastinate_events e ON e.job_id = j.id AND e.type = 'deferred'"
            " WHERE j.status = 'todo' AND j.queue_name = %s"
            "   AND (j.scheduled_at IS NULL OR j.scheduled_at <= clock_timestamp())",
            [queue],
        )
        age: timedelta = cursor.fetchone()[0]
        return age


def oldest_mail() -> timedelta | None:
    """Return how long the oldest unsent mail has waited, or None when none waits."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT message.oldest_mail()")
        age: timedelta | None = cursor.fetchone()[0]
        return age
