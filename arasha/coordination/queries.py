"""What the work looks like from where somebody stands: my work, the board, one file with its story."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from arasha.cases import queries as cases
from arasha.cases.models import Case
from arasha.cases.rules import read_number
from arasha.kernel.access.models import Budget, Dossier, Glass, Look, Member, Post, Unit
from arasha.kernel.access.queries import budgets_below, looks_at, names_of, team_of, visible_dossiers
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.queries import ActLine, acts_of
from arasha.kernel.journal.rules import dossier_stream
from arasha.obligations import queries as obligations
from arasha.obligations.models import Obligation
from arasha.obligations.rules import RUNNING, State
from arasha.protocols.rules import Protocol
from arasha.signals import queries as signals
from arasha.signals.models import Signal

LISTED = 25
STORY = 500
LOOKS = 200
TRIED = timedelta(hours=1)
SOON = timedelta(hours=24)
ADDRESS = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
OPEN_STATES = [state.value for state in RUNNING]


@dataclass(frozen=True)
class Matter:
    """What a dossier is about: the child's case, else the signal, else what a signal's child is called, or nothing."""

    case: Case | None
    signal: Signal | None
    told: signals.Child | None = None

    @property
    def child(self) -> Case | Signal | signals.Child | None:
        """What bears the child's name, age and sex; None when the reader may not know them."""
        return self.case or self.signal or self.told

    @property
    def child_called(self) -> str:
        """The name the file bears, empty when it has none or the reader may not know it."""
        return self.child.child_called if self.child else ""


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


@dataclass(frozen=True)
class FilePage:
    """One dossier as its page shows it."""

    dossier: Dossier
    matter: Matter
    team: list[Member]
    obligations: list[Obligation]
    acts: list[ActLine]
    units: dict[int, Unit]
    origins: list[UUID]


def my_work(actor: Actor, now: datetime) -> MyWork:
    """Return what waits for the actor: own unit's duties, and what is late in the files that it coordinates."""
    theirs = obligations.visible_to(actor).filter(state__in=OPEN_STATES)
    mine = theirs if actor.functions & signals_coordination() else theirs.filter(unit=actor.unit_id)
    mine = mine.select_related("protocol", "unit")
    late = list(mine.filter(due_at__lt=now).order_by("due_at", "id")[:LISTED])
    due = list(mine.filter(due_at__gte=now, due_at__lt=now + SOON).order_by("due_at", "id")[:LISTED])
    waiting = list(signals.waiting(actor)[:LISTED])
    counted = mine.aggregate(
        late=Count("pk", filter=Q(due_at__lt=now)),
        due=Count("pk", filter=Q(due_at__gte=now, due_at__lt=now + SOON)),
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
    late = list(running.filter(due_at__lt=now).select_related("protocol", "unit").order_by("due_at", "id")[:200])
    counted = Counter(dict(running.values_list("unit").annotate(n=Count("pk")).order_by()))
    behind = Counter(dict(running.filter(due_at__lt=now).values_list("unit").annotate(n=Count("pk")).order_by()))
    units = Unit.objects.in_bulk([key for key in counted if key is not None])
    longest: dict[int | None, datetime] = {}
    for row in late:
        longest.setdefault(row.unit_id, row.due_at)
    rows = [BoardRow(units.get(key) if key else None, counted[key], behind[key], longest.get(key)) for key in counted]
    return sorted(rows, key=lambda row: (-row.late, -row.open, row.unit.name if row.unit else "")), late


def late_count(actor: Actor) -> int:
    """Return how many duties are late where the actor looks: own ones, or those in the files that they coordinate."""
    late = obligations.visible_to(actor).filter(state__in=OPEN_STATES, due_at__lt=actor.moment)
    return (late if actor.functions & signals_coordination() else late.filter(unit=actor.unit_id)).count()


def matters(dossiers: Iterable[UUID]) -> dict[UUID, Matter]:
    """Return what dossiers are about, as far as the reader may know, in three queries for any number."""
    ids = list(dict.fromkeys(dossiers))
    found = cases.of_dossiers(ids)
    read = {signal.dossier_id: signal for signal in Signal.objects.filter(dossier__in=ids)}
    children = signals.children_of([dossier for dossier in ids if dossier not in found and dossier not in read])
    return {dossier: Matter(found.get(dossier), read.get(dossier), children.get(dossier)) for dossier in ids}


def file_page(actor: Actor, dossier: UUID) -> FilePage | None:
    """Return everything of one file, or None: it is not there, for this actor or at all.

    A case's story begins with the signals that it grew from.
    """
    found = visible_dossiers(actor).filter(pk=dossier).first()
    if found is None:
        return None
    matter = matters([dossier])[dossier]
    origins = cases.origins(matter.case) if matter.case else []
    lines = [line for key in [dossier, *origins] for line in acts_of(dossier_stream(key), limit=STORY)]
    unique = {line.number: line for line in lines}
    acts = sorted(unique.values(), key=lambda line: (line.at, line.number))
    team = team_of([dossier])
    owed = list(obligations.of_dossier(actor, dossier))
    return FilePage(found, matter, team, owed, acts, _units(acts, team, owed), origins)


def _units(acts: Sequence[ActLine], team: Sequence[Member], owed: Sequence[Obligation]) -> dict[int, Unit]:
    named = {line.actor_unit for line in acts} | {member.unit_id for member in team} | {row.unit_id for row in owed}
    for line in acts:
        named.add(line.codes.get("unit"))
        named |= {rung.get("unit") for rung in line.codes.get("rungs", [])}
    return Unit.objects.in_bulk([unit for unit in named if isinstance(unit, int)])


def what_is_owed(row: Obligation) -> Mapping[str, str]:
    """Return the words of the act owed, in three languages, as the version says that the duty rests on."""
    return Protocol.from_content(row.protocol.content).step(row.step).what


def is_late(row: Obligation, now: datetime) -> bool:
    """Say whether an obligation is past its moment, noticed by the sweeper or not."""
    return (row.state in OPEN_STATES and row.due_at < now) or row.state == State.MET_LATE.value


@dataclass(frozen=True)
class Seen:
    """A person of the work by name and post, beside what is told of them: a look, an opening or a budget."""

    name: str
    post: Post | None
    row: Any


def looked(dossier: UUID) -> list[Seen]:
    """Return who looked at a file and who tried, newest first; nothing unless the reader leads or oversees it."""
    rows: list[Look] = looks_at(dossier, limit=LOOKS)
    return _named([(row.user, row.post, row) for row in rows])


def openings(actor: Actor) -> list[Seen]:
    """Return the emergency openings that the actor's unit answers for and did not make: unreviewed ones first."""
    mine = Q(lead_unit=actor.unit_id) | Q(watching_unit=actor.unit_id)
    others = Glass.objects.filter(mine).exclude(user=actor.user_id).exclude(post__unit=actor.unit_id)
    waiting = list(others.filter(reviewed_at=None).order_by("review_due", "id"))
    done = list(others.exclude(reviewed_at=None).order_by("-reviewed_at", "id")[:LISTED])
    return _named([(row.user_id, row.post_id, row) for row in [*waiting, *done]])


def openings_waiting(actor: Actor) -> int:
    """Return how many emergency openings wait for the actor's unit to review them."""
    return sum(seen.row.reviewed_at is None for seen in openings(actor))


def budgets() -> list[Seen]:
    """Return today's budgets below the actor's unit that alerted or stopped."""
    rows: list[Budget] = budgets_below()
    held = Post.objects.filter(holder__in=[row.user_id for row in rows]).order_by("-id") if rows else []
    posts = {post.holder_id: post.pk for post in held}
    return _named([(row.user_id, posts.get(row.user_id), row) for row in rows])


def is_suspended(actor: Actor, now: datetime) -> bool:
    """Say whether an emergency opening of the actor's was not reviewed in time, which suspends the right."""
    return Glass.objects.filter(user=actor.user_id, reviewed_at=None, review_due__lte=now).exists()


def refused_tries(actor: Actor, now: datetime) -> int:
    """Return how often the actor was refused something within the hour: numbers are not there to be guessed."""
    return Look.objects.filter(user=actor.user_id or 0, at__gt=now - TRIED, outcome="refused").count()


def file_named(typed: str) -> UUID | None:
    """Return which file a case's number or a file's address names, there or not; None when it is neither."""
    number = read_number(typed)
    if number:
        return cases.dossier_of_number(number)
    found = ADDRESS.search(typed)
    return UUID(found[0]) if found else None


def _named(rows: Iterable[tuple[int, int | None, Any]]) -> list[Seen]:
    """Put names and posts to rows, in two queries for any number."""
    found = list(rows)
    names = names_of({user for user, _post, _row in found})
    posts = Post.objects.select_related("unit").in_bulk({post for _user, post, _row in found if post})
    return [Seen(names.get(user, ""), posts.get(post) if post else None, row) for user, post, row in found]
