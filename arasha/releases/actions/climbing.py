"""A request that nobody matches to a file in time: the coordination is told, then the unit above it."""

from datetime import datetime, timedelta

from django.db import transaction

from arasha.kernel.access.models import Unit
from arasha.kernel.access.queries import body_for, supervisor_of
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import body_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.worktime.rules import local
from arasha.releases import policy, queries, rules
from arasha.releases.models import Climb, FileRequest

BATCH = 100
REGION = "coordination_region"


def climb(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """As the clock, tell of requests that stand unmatched after their day; returns how many units were told.

    The coordination that was asked is told on the day after, the unit above it some days later, each once. A notice
    names nobody: neither who asks nor about whom. Raises NotAllowed.
    """
    if not policy.may_climb(actor):
        raise policy.NotAllowed
    today = local(now).date()
    told = 0
    for rung, days in rules.RUNGS.items():
        for row in queries.unmatched(today - timedelta(days=days), rung)[:limit]:
            unit = row.unit if rung == 1 else _above(row.unit, now)
            told += unit is not None and _told(actor, row, rung, unit, now)
    return told


def _above(unit: Unit, now: datetime) -> Unit | None:
    """Return who is over a coordination: the unit that supervises it, else the region's coordination."""
    return supervisor_of(unit, now) or body_for(REGION, unit.territory_id, now)


def _told(actor: Actor, row: FileRequest, rung: int, unit: Unit, now: datetime) -> bool:
    codes = {"unit": unit.pk, "request": str(row.pk), "rung": rung}
    with (
        transaction.atomic(),
        act(verb="climb_file_request", stream=body_stream(row.unit.body_id), now=now, codes=codes),
    ):
        Climb.objects.create(request=row, rung=rung, unit=unit, at=now)
    link = queries.link(row.pk) if rung == 1 else "/"
    notify(actor=actor, units=[unit.pk], code=f"file_request_late_{rung}", link=link, now=now)
    return True
