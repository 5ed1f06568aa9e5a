"""Telling people that they have work, and what they have read."""

import uuid
from collections.abc import Collection
from datetime import datetime
from typing import cast

from django.db import connection
from procrastinate.contrib.django import app

from arasha.kernel.access.rules import Actor
from arasha.kernel.messages import queries, rules
from arasha.kernel.messages.models import Notice, Reading

PUT = "SELECT message.put_notice(%s, %s, %s, %s, %s, %s, %s, %s)"


def notify(
    *,
    actor: Actor,
    code: str,
    link: str,
    now: datetime,
    posts: Collection[int] = (),
    units: Collection[int] = (),
    users: Collection[int] = (),
    dossier: uuid.UUID | None = None,
) -> None:
    """Put one notice down for each post, unit and user, in the caller's transaction; mail leaves after its commit.

    `dossier` keeps the notice from everybody barred from it, now and whenever it is read or sent; it is not shown.
    Nothing comes back, so that nobody learns who was left out. Never call it for the one who told.
    Raises UnknownNotice, UnsafeLink, NoRecipient.
    """
    rules.check(code, link, len(posts) + len(units) + len(users))
    targets: list[tuple[int | None, int | None, int | None]] = [(user, None, None) for user in sorted(set(users))]
    targets += [(None, post, None) for post in sorted(set(posts))]
    targets += [(None, None, unit) for unit in sorted(set(units))]
    deliver = app.configure_task("deliver", queue="ordinary")
    for target in targets:
        notice = uuid.uuid4()
        with connection.cursor() as cursor:
            cursor.execute(PUT, [notice, code, link, dossier, *target, now])
        deliver.defer(notice=str(notice))


def mark_read(*, actor: Actor, notice: uuid.UUID, now: datetime) -> Notice:
    """Note that the actor has read a notice of theirs and return it. Raises Notice.DoesNotExist for any other."""
    found = queries.own(actor).get(pk=notice)
    Reading.objects.bulk_create([_reading(actor, found.pk, now)], ignore_conflicts=True)
    return found


def mark_all_read(*, actor: Actor, now: datetime) -> int:
    """Note that the actor has read everything that the inbox shows; returns how many notices that were."""
    unread = queries.unread_notices(actor, now=now).values_list("pk", flat=True)
    return len(Reading.objects.bulk_create([_reading(actor, pk, now) for pk in unread], ignore_conflicts=True))


def _reading(actor: Actor, notice: uuid.UUID, now: datetime) -> Reading:
    reading = Reading(notice_id=notice, at=now)
    reading.user_id = cast(int, actor.user_id)  # only a person has an inbox
    return reading
