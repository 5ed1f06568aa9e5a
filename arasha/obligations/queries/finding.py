"""Which unit owes, or hears of silence: by function and the child's territory, on that date, safe for the child."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from arasha.kernel.access.models import Unit, UnitFunction
from arasha.kernel.access.queries import supervisor_of
from arasha.kernel.territory.models import Territory
from arasha.kernel.territory.queries import chain, successor_at
from arasha.kernel.worktime.rules import local
from arasha.obligations.models import Obligation
from arasha.obligations.rules import FoundBy, Outcome

Served = tuple[FoundBy, str, Unit | None]
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


class Finder:
    """Finds units at one moment. Keep it for one raising or one batch: what serves a place is asked once."""

    def __init__(self, at: datetime) -> None:
        """Begin with nothing known."""
        self.at = at
        self._places: dict[str, list[Territory]] = {}
        self._levels: dict[tuple[str, str], list[Served]] = {}

    def obliged(self, dossier: UUID, function: str, territory: str, substitutes: Sequence[str]) -> Found:
        """Return the unit that owes: of the district, else the region, else the nation; each level without is a gap.

        Where everybody in the unit is barred from the file, or there is no such unit, a substitute takes the place:
        the first of `substitutes` that exists and may know. A unit without holders still owes; its silence climbs.
        """
        gaps: list[Missing] = []
        for level, place, unit in self._by_level(function, territory):
            if unit is None:
                gaps.append(Missing(function, place, level.value))
            elif self._seats(dossier, unit).barred:
                break
            else:
                return Found(unit, level, Outcome.TOLD, tuple(gaps))
        for substitute in substitutes:
            unit = self._nearest(substitute, territory)[1]
            if unit is not None and not self._seats(dossier, unit).barred:
                return Found(unit, FoundBy.SUBSTITUTE, Outcome.TOLD, tuple(gaps))
        return Found(None, FoundBy.NOBODY, Outcome.EMPTY, tuple(gaps))

    def rung(self, obligation: Obligation, function: str) -> Found:
        """Return who hears of the obligation's silence; `function` empty: the unit above the obliged one.

        A rung is empty when there is no such unit or nobody holds a post in it: silence shown to a vacant seat is
        silence.
        """
        if function:
            level, unit = self._nearest(function, obligation.territory)
        else:
            level, unit = FoundBy.NOBODY, supervisor_of(obligation.unit, self.at) if obligation.unit else None
        if unit is None:
            return Found(None, FoundBy.NOBODY, Outcome.EMPTY)
        seats = self._seats(obligation.dossier_id, unit)
        if seats.barred:
            return Found(unit, level, Outcome.SAFETY)
        return Found(unit, level, Outcome.TOLD if seats.held else Outcome.EMPTY)

    def _nearest(self, function: str, territory: str) -> tuple[FoundBy, Unit | None]:
        for level, _place, unit in self._by_level(function, territory):
            if unit is not None:
                return level, unit
        return FoundBy.NOBODY, None

    def _by_level(self, function: str, territory: str) -> list[Served]:
        """Return for district (or nearer), region and nation the place's code and the unit that serves it."""
        if (function, territory) not in self._levels:
            self._levels[function, territory] = self._ask_levels(function, self._standing(territory))
        return self._levels[function, territory]

    def _standing(self, territory: str) -> list[Territory]:
        """Return the place and what is above it, as they stand on the day: a district with another code is followed."""
        if territory not in self._places:
            standing = successor_at(territory, local(self.at).date())
            self._places[territory] = [] if standing is None else chain(standing.kato)
        return self._places[territory]

    def _ask_levels(self, function: str, places: list[Territory]) -> list[Served]:
        day = local(self.at).date()
        serving = UnitFunction.objects.filter(
            Q(until=None) | Q(until__gt=self.at),
            Q(unit__valid_to=None) | Q(unit__valid_to__gt=day),
            function_id=function,
            territory_id__in=[place.kato for place in places],
            since__lte=self.at,
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
        return [(level, kato, unit) for level, (kato, unit) in found.items()]

    def _seats(self, dossier: UUID, unit: Unit) -> _Seats:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT held, barred FROM obligations.seats(%s::uuid, %s::integer[], %s::timestamptz)",
                [dossier, [unit.pk], self.at],
            )
            return _Seats(*cursor.fetchone())
