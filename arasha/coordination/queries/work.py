"""My work: what is late, what is due, what waits for who looks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Count, Model, Q, QuerySet, Window

from arasha.coordination.models import Sighting
from arasha.coordination.queries.board import climbed_to, unseen
from arasha.coordination.queries.matters import Matter, matters
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules import ZONE, local
from arasha.obligations import queries as obligations
from arasha.obligations.models import Escalation, Obligation
from arasha.obligations.rules import RUNNING, Outcome
from arasha.protocols.rules import Protocol
from arasha.signals import queries as signals
from arasha.signals.models import Signal

Row = TypeVar("Row", bound=Model)
LISTED = 25
# What falls due within a day is not cut short where a weekend lets the days of two fall on one.
DUE = 60
SOON = timedelta(hours=24)
DAY = timedelta(days=1)
BESIDE = 3
MOST = 300
OPEN_STATES = [state.value for state in RUNNING]


@dataclass(frozen=True)
class MyWork:
    """The first page: what is late, due soon and later, which signals wait, whom nobody has seen, what climbed here."""

    late: list[Obligation]
    due: list[Obligation]
    later: list[Obligation]
    waiting: list[Signal]
    counts: dict[str, int]
    matters: dict[UUID, Matter]
    unseen: list[Sighting]
    climbed: list[Escalation]


def theirs(actor: Actor) -> QuerySet[Obligation]:
    """Return the running duties that are the actor's work: the unit's own; for coordination those of its files, too.

    For the nation, whose scope holds every file, those that have climbed to it.
    """
    rows = obligations.visible_to(actor).filter(state__in=OPEN_STATES)
    if "coordination_nation" in actor.functions:
        reached = Escalation.objects.filter(unit=actor.unit_id, outcome=Outcome.TOLD.value).values("obligation")
        return rows.filter(Q(unit=actor.unit_id) | Q(pk__in=reached))
    return rows if actor.functions & signals_coordination() else rows.filter(unit=actor.unit_id)


def owed_until(actor: Actor, until: datetime) -> list[Obligation]:
    """Return what is the actor's work and late, or due before a moment, the earliest first."""
    rows = theirs(actor).filter(due_now__lt=until).select_related("protocol", "unit")
    return list(rows.order_by("due_now", "id")[:MOST])


def due_between(actor: Actor, since: datetime, until: datetime) -> list[Obligation]:
    """Return what is the actor's work and falls due in a period, the earliest first; at most 300."""
    rows = theirs(actor).filter(due_now__gte=since, due_now__lt=until).select_related("protocol", "unit")
    return list(rows.order_by("due_now", "id")[:MOST])


def my_work(actor: Actor, now: datetime, *, own: bool = False) -> MyWork:
    """Return what waits for the actor: own unit's duties, and what is late in the files that it coordinates.

    `own`: the unit's own duties alone. What is due later is listed of the unit's own only: a coordinator's files hold
    hundreds, which the month's page shows.
    """
    tonight = datetime.combine(local(now).date() + DAY, time(), ZONE)
    mine = theirs(actor).filter(unit=actor.unit_id) if own else theirs(actor)
    mine = mine.select_related("protocol", "unit")
    late = list(mine.filter(due_now__lt=now).order_by("due_now", "id")[:LISTED])
    soon = max(tonight, now + SOON)
    due = list(mine.filter(due_now__gte=now, due_now__lt=soon).order_by("due_now", "id")[:DUE])
    unit_alone = own or not actor.functions & signals_coordination()
    later = list(mine.filter(due_now__gte=soon).order_by("due_now", "id")[:LISTED]) if unit_alone else []
    waiting = list(signals.waiting(actor)[:LISTED])
    counted = mine.aggregate(
        late=Count("pk", filter=Q(due_now__lt=now)),
        due=Count("pk", filter=Q(due_now__gte=now, due_now__lt=now + SOON)),
        week=Count("pk", filter=Q(due_now__gte=now, due_now__lt=now + 7 * DAY)),
        open=Count("pk"),
        late_children=Count("dossier", distinct=True, filter=Q(due_now__lt=now)),
    )
    seen, counted["unseen"] = first(unseen(actor, now), BESIDE)
    reached, counted["climbed"] = first(climbed_to(actor), BESIDE)
    # The list says it all where it is whole.
    counted["waiting"] = len(waiting) if len(waiting) < LISTED else signals.waiting_count(actor)
    named = [*(row.dossier_id for row in [*late, *due, *later]), *(signal.dossier_id for signal in waiting)]
    named += [*(child.dossier_id for child in seen), *(silence.dossier_id for silence in reached)]
    return MyWork(late, due, later, waiting, counted, matters(named), seen, reached)


def first(rows: QuerySet[Row], n: int) -> tuple[list[Row], int]:
    """Return the first rows and how many there are in all, by one reading: who may see each is the dear part of it."""
    found = list(rows.annotate(in_all=Window(Count("*")))[:n])
    return found, int(getattr(found[0], "in_all", 0)) if found else 0


def signals_coordination() -> frozenset[str]:
    """Return the functions that watch over others' duties."""
    return frozenset(signals.COORDINATION)


def late_count(actor: Actor) -> int:
    """Return how many duties are late where the actor looks: own ones, or those in the files that they coordinate."""
    return theirs(actor).filter(due_now__lt=actor.moment).count()


def what_is_owed(row: Obligation) -> Mapping[str, str]:
    """Return the words of the act owed, in three languages, as the version says that the duty rests on."""
    return Protocol.from_content(row.protocol.content).step(row.step).what
