"""Telling people that they have work, and what they have read."""

import json
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from django.db import connection
from procrastinate.contrib.django import app

from arasha.kernel.access.rules import Actor
from arasha.kernel.messages import queries, rules
from arasha.kernel.messages.models import Notice, Reading

PUT = "SELECT message.put_notice(%s, %s, %s, %s, %s, %s, %s, %s)"
PUT_MANY = "SELECT message.put_notices(%s::jsonb, %s::timestamptz)"
Target = tuple[int | None, int | None, int | None]


@dataclass(frozen=True, slots=True)
class NewNotice:
    """A notice to be put down for each post, unit and user named; what `notify` takes, for `notify_many`."""

    code: str
    link: str
    posts: Collection[int] = ()
    units: Collection[int] = ()
    users: Collection[int] = ()
    dossier: uuid.UUID | None = None

    def targets(self) -> Iterator[Target]:
        """Give each addressee once, as user, post or unit. Raises UnknownNotice, UnsafeLink, NoRecipient."""
        rules.check(self.code, self.link, len(self.posts) + len(self.units) + len(self.users))
        yield from ((user, None, None) for user in sorted(set(self.users)))
        yield from ((None, post, None) for post in sorted(set(self.posts)))
        yield from ((None, None, unit) for unit in sorted(set(self.units)))


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
    deliver = app.configure_task("deliver", queue="ordinary")
    for target in NewNotice(code, link, posts, units, users).targets():
        notice = uuid.uuid4()
        with connection.cursor() as cursor:
            cursor.execute(PUT, [notice, code, link, dossier, *target, now])
        deliver.defer(notice=str(notice))


def notify_many(*, actor: Actor, notices: Collection[NewNotice], now: datetime) -> None:
    """Put many notices down by one statement, with one job that sends what they ask for; else as `notify` does.

    Raises UnknownNotice, UnsafeLink, NoRecipient; then nothing is put down.
    """
    rows = [
        {
            "id": str(uuid.uuid4()),
            "code": notice.code,
            "link": notice.link,
            "dossier": str(notice.dossier) if notice.dossier else None,
            "user": user,
            "post": post,
            "unit": unit,
        }
        for notice in notices
        for user, post, unit in notice.targets()
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(PUT_MANY, [json.dumps(rows), now])
        app.configure_task("deliver_all", queue="ordinary").defer()


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
