"""Telling those who oversee a place that several files may name one person."""

from datetime import datetime

from django.db import connection, transaction

from arasha.kernel.access.rules import Actor
from arasha.kernel.messages.actions import notify

LINK = "/people/linked/"


def tell_of_links(*, actor: Actor, now: datetime) -> int:
    """Tell each post once of new links within its place, by a code and a link alone; returns how many were told.

    System work. Whoever is barred from one of the files is not told.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM people.new_links(%s)", [now])
            posts = [post for (post,) in cursor.fetchall()]
        if posts:
            notify(actor=actor, code="allegations_linked", link=LINK, posts=posts, now=now)
    return len(posts)
