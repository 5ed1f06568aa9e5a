"""The board: figures of the own territory from counters, and the rows behind them as far as they are open."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from arasha.coordination.models import Sighting
from arasha.coordination.rules import Figures, aged, days, edges, fridays, total
from arasha.kernel.access.models import Function, Unit
from arasha.kernel.access.queries import on_team
from arasha.kernel.access.rules import Actor
from arasha.kernel.territory.models import Territory
from arasha.kernel.territory.queries import children_of
from arasha.kernel.territory.rules import NATION
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.zone import at
from arasha.obligations import queries as obligations
from arasha.obligations.models import Escalation, Obligation
from arasha.obligations.rules import RUNNING, Outcome

UNSEEN = ("contact_first", "contact_second", "contact_third")
AGES_OF_SIGNALS = [0, 2, 24, 72]
RUNS = [state.value for state in RUNNING]


@dataclass(frozen=True)
class Missing:
    """A body that a place has not, and how many duties that run go without it."""

    place: str
    code: str
    n: int
    since: datetime


@dataclass(frozen=True)
class Silent:
    """How many children nobody does something for, as a rule of silence sees it, and since when at the longest."""

    rule: str
    n: int
    since: datetime


@dataclass
class Board:
    """Everything that the board shows of one territory."""

    home: Territory
    places: list[Territory]
    by_place: Mapping[str, Figures]
    by_code: Mapping[str, Figures]
    cells: Mapping[tuple[str, str], Figures]
    by_unit: Mapping[tuple[int, str], Figures]
    children: Mapping[str, list[int]]
    never: int
    signals: Mapping[str, list[int]]
    signals_late: int
    weeks: Mapping[str, list[int]]
    fridays: list[date]
    last_friday: int | None
    missing: list[Missing]
    silent: list[Silent]
    units: Mapping[int, Unit]
    functions: Mapping[str, Function]
    whole: Figures = field(default_factory=Figures)


def home_of(actor: Actor, asked: str) -> str:
    """Return which territory is looked at: the one asked for, else the reader's own."""
    own = NATION if "coordination_nation" in actor.functions else actor.territory
    return asked or own


def board(actor: Actor, now: datetime, asked: str = "") -> Board:
    """Return the figures of a territory. Raises access.NotThere when it lies outside the reader's own."""
    code = home_of(actor, asked)
    home = Territory.objects.get(pk=code)
    level = "region" if home.level == 0 else "district"
    by_place: dict[str, Figures] = defaultdict(Figures)
    by_code: dict[str, Figures] = defaultdict(Figures)
    cells: dict[tuple[str, str], Figures] = defaultdict(Figures)
    by_unit: dict[tuple[int, str], Figures] = defaultdict(Figures)
    for place, unit, function, band, n, oldest in _asked("duties", code, level, home.level >= 2, now, edges()):
        for figures in (by_place[place], by_code[function], cells[place, function], by_unit[unit, function]):
            figures.add(band, n, oldest)
    children, never = _children(code, level, now)
    signals, signals_late = _signals(code, level, now)
    weeks, written, last = _weeks(code, level, local(now).date())
    missing = [Missing(*row) for row in _asked("missing", code, now)]
    units = Unit.objects.in_bulk([unit for unit, _code in by_unit if unit])
    places = children_of(code) if home.level < 2 else []
    return Board(
        home,
        places,
        by_place,
        by_code,
        cells,
        by_unit,
        children,
        never,
        signals,
        signals_late,
        weeks,
        written,
        last,
        missing,
        sorted((Silent(*row) for row in _asked("silent", code)), key=lambda row: (-row.n, row.rule)),
        units,
        Function.objects.in_bulk(),
        total(by_place.values()),
    )


def _asked(function: str, *given: Any) -> list[tuple[Any, ...]]:
    casts = {
        "duties": "%s, %s, %s, %s::timestamptz, %s::integer[]",
        "children": "%s, %s, %s::timestamptz, %s::integer[]",
        "signals": "%s, %s, %s::timestamptz, %s::integer[]",
        "weeks": "%s, %s, %s::date",
        "missing": "%s, %s::timestamptz",
        "silent": "%s",
    }[function]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM coordination.{function}({casts})", list(given))  # noqa: S608  names of ours
        return list(cursor.fetchall())


def _children(code: str, level: str, now: datetime) -> tuple[dict[str, list[int]], int]:
    """Return how many children nobody has seen for how long, by place, and of how many nobody ever has."""
    bands = [0, *(days(limit).days for limit in UNSEEN)]
    found: dict[str, list[int]] = defaultdict(lambda: [0] * len(bands))
    never = 0
    for place, seen, band, n in _asked("children", code, level, now, bands):
        found[place][band - 1] += n
        never += n if seen == "never" else 0
    return found, never


def _signals(code: str, level: str, now: datetime) -> tuple[dict[str, list[int]], int]:
    """Return waiting signals by place and age, and how many are past their moment."""
    found: dict[str, list[int]] = defaultdict(lambda: [0] * len(AGES_OF_SIGNALS))
    late = 0
    for place, _urgency, band, n, behind in _asked("signals", code, level, now, AGES_OF_SIGNALS):
        found[place][band - 1] += n
        late += behind
    return found, late


def _weeks(code: str, level: str, today: date) -> tuple[dict[str, list[int]], list[date], int | None]:
    """Return how many were late on each of the last Fridays by function, those days, and how many in all on the last.

    Only Fridays that were written; None in all where the last one was not.
    """
    asked = fridays(today)
    rows = _asked("weeks", code, level, asked[0])
    known = {friday for friday, *_rest in rows}
    written = [day for day in asked if day in known]
    place = {friday: index for index, friday in enumerate(written)}
    found: dict[str, list[int]] = defaultdict(lambda: [0] * len(place))
    last = 0
    for friday, _place, function, _open, late in rows:
        if function and friday in place:
            found[function][place[friday]] += late
            last += late if friday == asked[-1] else 0
    return found, written, last if asked[-1] in known else None


def late_total(actor: Actor) -> int:
    """Return how many duties are late in the territory that the actor coordinates."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coordination.late_now(%s::timestamptz)", [actor.moment])
        return int(cursor.fetchone()[0])


def late_rows(actor: Actor, now: datetime, *, place: str = "", code: str = "", age: str = "") -> QuerySet[Obligation]:
    """Return what is late, one by one, in the files that are open to the reader; `age` is a code of `rules.AGES`."""
    rows = obligations.visible_to(actor).filter(state__in=RUNS, due_now__lt=now).select_related("protocol", "unit")
    if place:
        rows = rows.filter(territory__startswith=stem(place))
    if age:
        fell_due_after, fell_due_before = aged(age, local(now).date())
        rows = rows.filter(due_now__lt=at(fell_due_before, time(0)))
        rows = rows.filter(due_now__gte=at(fell_due_after, time(0))) if fell_due_after else rows
    return rows.filter(function=code) if code else rows


def stem(kato: str) -> str:
    """Return what all codes inside a territory begin with."""
    if kato == NATION:
        return ""
    if kato[2:] == "0000000":
        return kato[:2]
    return kato[:6] if kato[:2] in {"71", "75", "79"} else kato[:4]


def climbed_to(actor: Actor) -> QuerySet[Escalation]:
    """Return the silences that have reached the actor's unit and last still, the longest first."""
    mine = Escalation.objects.filter(unit=actor.unit_id, outcome=Outcome.TOLD.value)
    running = mine.filter(obligation__state__in=RUNS)
    return running.select_related("obligation__unit", "obligation__protocol").order_by("fell_due_at", "id")


def unseen(actor: Actor, now: datetime) -> QuerySet[Sighting]:
    """Return open files whose child nobody has seen for a week, in what is open to the reader, the longest first."""
    since = now - days("contact_first")
    rows = Sighting.objects.filter(on_team(actor), open=True)
    return rows.filter(Q(seen_at=None, since__lt=since) | Q(seen_at__lt=since)).order_by("since", "dossier")
