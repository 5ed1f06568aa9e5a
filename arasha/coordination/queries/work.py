"""My work: what is late, what is due, what waits for who looks."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q

from arasha.coordination.queries.matters import Matter, matters
from arasha.kernel.access.models import Unit
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


@dataclass(frozen=True)
class BoardRow:
    """One unit's obligations in the files that the reader coordinates."""

    unit: Unit | None
    open: int
    late: int
    longest: datetime | None


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


def board(actor: Actor, now: datetime) -> tuple[list[BoardRow], list[Obligation]]:
    """Return the board: each unit with what it owes and how much of it is late; and the late ones one by one."""
    running = obligations.visible_to(actor).filter(state__in=OPEN_STATES)
    late = list(running.filter(due_now__lt=now).select_related("protocol", "unit").order_by("due_now", "id")[:200])
    counted = Counter(dict(running.values_list("unit").annotate(n=Count("pk")).order_by()))
    behind = Counter(dict(running.filter(due_now__lt=now).values_list("unit").annotate(n=Count("pk")).order_by()))
    units = Unit.objects.in_bulk([key for key in counted if key is not None])
    longest: dict[int | None, datetime] = {}
    for row in late:
        longest.setdefault(row.unit_id, row.due_now)
    rows = [BoardRow(units.get(key) if key else None, counted[key], behind[key], longest.get(key)) for key in counted]
    return sorted(rows, key=lambda row: (-row.late, -row.open, row.unit.name if row.unit else "")), late


def late_count(actor: Actor) -> int:
    """Return how many duties are late where the actor looks: own ones, or those in the files that they coordinate."""
    late = obligations.visible_to(actor).filter(state__in=OPEN_STATES, due_now__lt=actor.moment)
    return (late if actor.functions & signals_coordination() else late.filter(unit=actor.unit_id)).count()


def what_is_owed(row: Obligation) -> Mapping[str, str]:
    """Return the words of the act owed, in three languages, as the version says that the duty rests on."""
    return Protocol.from_content(row.protocol.content).step(row.step).what
