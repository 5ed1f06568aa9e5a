"""Which unit owes, or hears of silence: by function and the child's territory, on that date, safe for the child."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from arasha.kernel.access.models import Unit, UnitFunction
from arasha.kernel.access.queries import supervisor_of
from arasha.kernel.territory.queries import chain, successor_at
from arasha.kernel.worktime.rules import local
from arasha.obligations.models import Obligation
from arasha.obligations.rules import FoundBy, Outcome

LEVELS = {1: FoundBy.REGION, 0: FoundBy.NATION}


@dataclass(frozen=True)
class Missing:
    """A body that should be there and is not."""

    function: str
    territory: str
    level: str


@dataclass(frozen=True)
class Found:
    """A unit and where it was found, or why nobody was; `gaps` are the levels that have no such body."""

    unit: Unit | None
    found_by: FoundBy
    outcome: Outcome
    gaps: tuple[Missing, ...] = ()


@dataclass(frozen=True)
class _Seats:
    """Who sits in a unit: nobody, or only people who must not know of the file, or somebody else too."""

    held: bool
    barred: bool


def find_obliged(dossier: UUID, function: str, territory: str, substitutes: Sequence[str], at: datetime) -> Found:
    """Return the unit that owes: of the district, else the region, else the nation; each level without one is a gap.

    Where everybody in the unit is barred from the file, or there is no such unit, a substitute takes the place:
    the first of `substitutes` that exists and may know. A unit without holders still owes; its silence climbs.
    """
    by_level = _by_level(function, territory, at)
    gaps: list[Missing] = []
    for level, place, unit in by_level:
        if unit is None:
            gaps.append(Missing(function, place, level.value))
            continue
        seats = _seats(dossier, [unit.id], at)[unit.id]
        if not seats.barred:
            return Found(unit, level, Outcome.TOLD, tuple(gaps))
        break
    for substitute in substitutes:
        for _level, _place, unit in _by_level(substitute, territory, at):
            if unit is None:
                continue
            seats = _seats(dossier, [unit.id], at)[unit.id]
            if not seats.barred:
                return Found(unit, FoundBy.SUBSTITUTE, Outcome.TOLD, tuple(gaps))
            break
    return Found(None, FoundBy.NOBODY, Outcome.EMPTY, tuple(gaps))


def find_rung(obligation: Obligation, function: str, at: datetime) -> Found:
    """Return who hears of the obligation's silence on a rung; `function` empty: the unit above the obliged one.

    A rung is empty when there is no such unit or nobody holds a post in it: silence shown to a vacant seat is silence.
    """
    if function:
        found = next((entry for entry in _by_level(function, obligation.territory, at) if entry[2]), None)
        level, unit = (found[0], found[2]) if found else (FoundBy.NOBODY, None)
    else:
        unit = supervisor_of(obligation.unit, at) if obligation.unit else None
        level = FoundBy.NOBODY
    if unit is None:
        return Found(None, FoundBy.NOBODY, Outcome.EMPTY)
    seats = _seats(obligation.dossier_id, [unit.id], at)[unit.id]
    if seats.barred:
        return Found(unit, level, Outcome.SAFETY)
    return Found(unit, level, Outcome.TOLD if seats.held else Outcome.EMPTY)


def _by_level(function: str, territory: str, at: datetime) -> list[tuple[FoundBy, str, Unit | None]]:
    """Return for district (or nearer), region and nation the place's code and the unit that serves it, or None.

    The place is what the code stands for on that day: a district that was given another code is followed.
    """
    day = local(at).date()
    standing = successor_at(territory, day)
    places = [] if standing is None else chain(standing.kato)
    serving = UnitFunction.objects.filter(
        Q(until=None) | Q(until__gt=at),
        Q(unit__valid_to=None) | Q(unit__valid_to__gt=day),
        function_id=function,
        territory_id__in=[place.kato for place in places],
        since__lte=at,
        unit__valid_from__lte=day,
    )
    units: dict[str, Unit] = {}
    for row in serving.select_related("unit__parent").order_by("since", "unit_id"):
        units.setdefault(row.territory_id, row.unit)
    found: dict[FoundBy, tuple[str, Unit | None]] = {}
    for place in places:
        level = LEVELS.get(place.level, FoundBy.DISTRICT)
        nearer = found.get(level, ("", None))[1]
        found[level] = (place.kato, nearer or units.get(place.kato))
    return [(level, place, unit) for level, (place, unit) in found.items()]


def _seats(dossier: UUID, units: Iterable[int], at: datetime) -> dict[int, _Seats]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT unit, held, barred FROM obligations.seats(%s::uuid, %s::integer[], %s::timestamptz)",
            [dossier, list(units), at],
        )
        return {unit: _Seats(held, barred) for unit, held, barred in cursor.fetchall()}
