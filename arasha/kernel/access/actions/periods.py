"""Clock-driven: periods that ended are taken out of the dossiers' arrays."""

import uuid
from datetime import datetime

from django.db import connection

from arasha.kernel.access.actions.calling import call
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import system_stream


def refresh_teams(*, actor: Actor, now: datetime, limit: int = 100) -> int:
    """Let lists and leads follow the periods that have ended; returns how many dossiers did.

    Reading is exact without it: an ended part opens nothing from its last moment on.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT access.due_teams(%s)", [limit])
        due: list[uuid.UUID] = [row[0] for row in cursor.fetchall()]
    if due and actor.is_system:
        with act(verb="refresh_teams", stream=system_stream("access"), now=now, codes={"count": len(due)}):
            for dossier in due:
                call("refresh_team", dossier, casts="%s::uuid")
    return len(due)
