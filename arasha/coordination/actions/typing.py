"""What measures the system itself: how long people type for a child."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules import local


def note_typing(*, actor: Actor, dossier: UUID, page: str, seconds: int, now: datetime) -> None:
    """Add seconds of typing (1 to 3,600) on a kind of page to what the actor's unit typed in a file this month.

    Counted for units on the file's team alone: who reports a child is not on it, and leaves no trace here either.
    Nothing of it is an act: it says nothing of a child, and of people no more than their unit.
    """
    if actor.unit_id is None:
        return
    month = local(now).date().replace(day=1)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coordination.note_typing(%s::uuid, %s, %s::integer, %s::date)", [dossier, page, seconds, month]
        )
