"""My work: what is late, what is due, what waits for who looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from arasha.coordination.queries.board import late_total
from arasha.coordination.queries.matters import Matter, matters
from arasha.kernel.access.rules import Actor
from arasha.obligations import queries as obligations
from arasha.obligations.models import Obligation
from arasha.obligations.rules import RUNNING
from arasha.protocols.rules import Protocol
from arasha.signals import queries as signals
from arasha.signals.models import Signal

LISTED = 25
SOON = timedelta(hours=24)
OPEN_STATES = [state.value for state in RUNNING]


@dataclass(frozen=True)
class MyWork:
    """The first page: what is late, what is due within a day, which signals wait."""

    late: list[Obligation]
    due: list[Obligation]
    waiting: list[Signal]
    counts: dict[str, int]
    matters: dict[UUID, Matter]


def my_work(actor: Actor, now: datetime) -> MyWork:
    """Return what waits for the actor: own unit's duties, and what is late in the files that it coordinates."""
    theirs = obligations.visible_to(actor).filter(state__in=OPEN_STATES)
    mine = theirs if actor.functions & signals_coordination() else theirs.filter(unit=actor.unit_id)
    mine = mine.select_related("protocol", "unit")
    late = list(mine.filter(due_now__lt=now).order_by("due_now", "id")[:LISTED])
    due = list(mine.filter(due_now__gte=now, due_now__lt=now + SOON).order_by("due_now", "id")[:LISTED])
    waiting = list(signals.waiting(actor)[:LISTED])
    counted = mine.aggregate(
        late=Count("pk", filter=Q(due_now__lt=now)),
        due=Count("pk", filter=Q(due_now__gte=now, due_now__lt=now + SOON)),
        open=Count("pk"),
    )
    counted["waiting"] = signals.waiting_count(actor)
    return MyWork(late, due, waiting, counted, matters([row.dossier_id for row in [*late, *due]]))


def signals_coordination() -> frozenset[str]:
    """Return the functions that watch over others' duties."""
    return frozenset(signals.COORDINATION)


def late_count(actor: Actor) -> int:
    """Return how many duties are late where the actor looks: own ones, or those in the files that they coordinate."""
    if "coordination_nation" in actor.functions:
        return late_total(actor)
    late = obligations.visible_to(actor).filter(state__in=OPEN_STATES, due_now__lt=actor.moment)
    return (late if actor.functions & signals_coordination() else late.filter(unit=actor.unit_id)).count()


def what_is_owed(row: Obligation) -> Mapping[str, str]:
    """Return the words of the act owed, in three languages, as the version says that the duty rests on."""
    return Protocol.from_content(row.protocol.content).step(row.step).what
