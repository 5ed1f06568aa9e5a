"""Which unit owes, or hears of silence: by function and the child's territory, on that date, safe for the child."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q

from arasha.kernel.access.models import Dossier, Unit, UnitFunction
from arasha.kernel.access.queries import supervisor_of
from arasha.kernel.territory.models import Territory
from arasha.kernel.territory.queries import lines_at
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
    """A unit and where it was found, or why nobody was; `gaps` are the levels that have no such body.

    `held`: somebody sits there who may know of the file, so that a notice reaches them.
    """

    unit: Unit | None
    found_by: FoundBy
    outcome: Outcome
    gaps: tuple[Missing, ...] = ()
    held: bool = False


@dataclass(frozen=True)
class _Seats:
    """Who sits in a unit: nobody, or only people who must not know of the file, or somebody else too."""

    held: bool
    barred: bool

    @property
    def reached(self) -> bool:
        """Whether somebody sits there who may know of the file."""
        return self.held and not self.barred


@dataclass(frozen=True)
class Wanted:
    """The body that a step asks for: by name where the event names it, else by function and place.

    `role` is the step's word for the body, empty where the function is all; `unit` the unit that the event names.
    """

    function: str
    territory: str
    substitutes: Sequence[str]
    role: str = ""
    unit: int | None = None


class Finder:
    """Finds units at one moment. Keep it for one raising or one batch: what is known is not asked again."""

    def __init__(self, at: datetime) -> None:
        """Begin with nothing known."""
        self.at = at
        self._lines: dict[str, list[Territory]] = {}
        self._levels: dict[tuple[str, str], list[Served]] = {}
        self._units: dict[int, Unit] = {}
        self._seated: dict[tuple[UUID, int], _Seats] = {}

    def obliged(self, dossier: UUID, function: str, territory: str, substitutes: Sequence[str]) -> Found:
        """Return the unit of a function that owes in a territory; as `found`, for a body that nobody names."""
        return self.found(dossier, Wanted(function, territory, substitutes))

    def found(self, dossier: UUID, wanted: Wanted) -> Found:
        """Return the unit that owes: the one named, else of the district, else the region, else the nation.

        Each level without such a body is a gap, and so is a role for which the event named no unit that stands today.
        Where everybody in the unit is barred from the file, or there is no such unit, a substitute takes the place:
        the first of `substitutes` that exists and may know. A unit without holders still owes; its silence climbs.
        """
        gaps: list[Missing] = []
        if wanted.role:
            named = self._standing(wanted.unit)
            if named is None:
                gaps.append(Missing(wanted.function, wanted.territory, wanted.role))
            elif self._seats(dossier, named).barred:
                return self._substitute(dossier, wanted, gaps)
            else:
                return self._as_found(dossier, named, FoundBy.NAMED, gaps)
        for level, place, unit in self._by_level(wanted.function, wanted.territory):
            if unit is None:
                gaps.append(Missing(wanted.function, place, level.value))
            elif self._seats(dossier, unit).barred:
                break
            else:
                return self._as_found(dossier, unit, level, gaps)
        return self._substitute(dossier, wanted, gaps)

    def substitute(self, obligation: Obligation, substitutes: Sequence[str], passing: Collection[int]) -> Found:
        """Return who takes over what was declined: a substitute with somebody there, or one without, or the lead.

        `passing` are the units that had it.
        """
        dossier, places = obligation.dossier_id, [self._nearest(code, obligation.territory)[1] for code in substitutes]
        lead = self._standing(Dossier.objects.values_list("lead_unit_id", flat=True).get(pk=dossier))
        fit = [unit for unit in [*places, lead] if unit and unit.pk not in passing]
        fit = [unit for unit in fit if not self._seats(dossier, unit).barred]
        manned = [unit for unit in fit if self._seats(dossier, unit).held]
        for unit in manned or fit:
            return self._as_found(dossier, unit, FoundBy.SUBSTITUTE, ())
        return Found(None, FoundBy.NOBODY, Outcome.EMPTY)

    def named(self, dossier: UUID, unit: int) -> Found | None:
        """Return the unit that somebody chose; None where it does not stand today or nobody there may know."""
        standing = self._standing(unit)
        if standing is None or self._seats(dossier, standing).barred:
            return None
        return self._as_found(dossier, standing, FoundBy.NAMED, ())

    def each_level(self, dossier: UUID, function: str, territory: str) -> list[Unit]:
        """Return the units of a function in district, region and nation, but those in which nobody may know."""
        units = [unit for _level, _place, unit in self._by_level(function, territory) if unit is not None]
        return [unit for unit in dict.fromkeys(units) if not self._seats(dossier, unit).barred]

    def rung(self, obligation: Obligation, function: str) -> Found:
        """Return who hears of the obligation's silence; `function` empty: the unit above the obliged one.

        A rung is empty when there is no such unit or nobody holds a post in it: silence shown to a vacant seat is
        silence.
        """
        level, unit = self._hearing(obligation, function)
        if unit is None:
            return Found(None, FoundBy.NOBODY, Outcome.EMPTY)
        seats = self._seats(obligation.dossier_id, unit)
        if seats.barred:
            return Found(unit, level, Outcome.SAFETY)
        return Found(unit, level, Outcome.TOLD if seats.held else Outcome.EMPTY)

    def reached(self, dossier: UUID, unit: int) -> bool:
        """Say whether somebody sits in the unit who may know of the file."""
        self._ask_seats({(dossier, unit)})
        return self._seated[dossier, unit].reached

    def foresee_seats(self, pairs: Collection[tuple[UUID, int]]) -> None:
        """Ask at once about the seats of units, each for one file."""
        self._ask_seats(set(pairs))

    def foresee_obliged(self, dossier: UUID, wanted: Collection[Wanted]) -> None:
        """Ask in a handful of queries all that `found` will want to know."""
        self._ask_units({one.unit for one in wanted if one.unit})
        functions = {(code, one.territory) for one in wanted for code in (one.function, *one.substitutes)}
        self._ask_levels(functions)
        units = {unit.pk for pair in functions for _level, _place, unit in self._levels[pair] if unit}
        self._ask_seats({(dossier, unit) for unit in units | {one.unit for one in wanted if one.unit in self._units}})

    def foresee(self, rungs: Collection[tuple[Obligation, str]]) -> None:
        """Ask in a handful of queries all that `rung` will want to know for these obligations and functions."""
        self._ask_units({row.unit_id for row, function in rungs if row.unit_id and not function})
        self._ask_levels({(function, row.territory) for row, function in rungs if function})
        hearing = [(row.dossier_id, self._hearing(row, function)[1]) for row, function in rungs]
        self._ask_seats({(dossier, unit.pk) for dossier, unit in hearing if unit})

    def _substitute(self, dossier: UUID, wanted: Wanted, gaps: Sequence[Missing]) -> Found:
        for substitute in wanted.substitutes:
            unit = self._nearest(substitute, wanted.territory)[1]
            if unit is not None and not self._seats(dossier, unit).barred:
                return self._as_found(dossier, unit, FoundBy.SUBSTITUTE, gaps)
        return Found(None, FoundBy.NOBODY, Outcome.EMPTY, tuple(gaps))

    def _as_found(self, dossier: UUID, unit: Unit, how: FoundBy, gaps: Sequence[Missing]) -> Found:
        return Found(unit, how, Outcome.TOLD, tuple(gaps), self._seats(dossier, unit).reached)

    def _standing(self, unit: int | None) -> Unit | None:
        """Return the unit when it stands on the day."""
        if unit is None:
            return None
        self._ask_units({unit})
        found, day = self._units.get(unit), local(self.at).date()
        if found is None or found.valid_from > day or (found.valid_to is not None and found.valid_to <= day):
            return None
        return found

    def _hearing(self, obligation: Obligation, function: str) -> tuple[FoundBy, Unit | None]:
        if function:
            return self._nearest(function, obligation.territory)
        if obligation.unit_id is None:
            return FoundBy.NOBODY, None
        self._ask_units({obligation.unit_id})
        return FoundBy.NOBODY, supervisor_of(self._units[obligation.unit_id], self.at)

    def _nearest(self, function: str, territory: str) -> tuple[FoundBy, Unit | None]:
        for level, _place, unit in self._by_level(function, territory):
            if unit is not None:
                return level, unit
        return FoundBy.NOBODY, None

    def _by_level(self, function: str, territory: str) -> list[Served]:
        """Return for district (or nearer), region and nation the place's code and the unit that serves it."""
        self._ask_levels({(function, territory)})
        return self._levels[function, territory]

    def _seats(self, dossier: UUID, unit: Unit) -> _Seats:
        self._ask_seats({(dossier, unit.pk)})
        return self._seated[dossier, unit.pk]

    def _ask_units(self, units: set[int]) -> None:
        if unknown := units - self._units.keys():
            self._units |= Unit.objects.select_related("parent").in_bulk(unknown)

    def _ask_levels(self, pairs: set[tuple[str, str]]) -> None:
        unknown = pairs - self._levels.keys()
        if not unknown:
            return
        # As the places stand on the day: a district with another code is followed.
        places = {territory for _function, territory in unknown} - self._lines.keys()
        self._lines |= lines_at(places, local(self.at).date())
        codes = {place.kato for _function, territory in unknown for place in self._lines[territory]}
        serving = self._ask_serving({function for function, _territory in unknown}, codes)
        for function, territory in unknown:
            found: dict[FoundBy, tuple[str, Unit | None]] = {}
            for place in self._lines[territory]:
                level = LEVELS.get(place.level, FoundBy.DISTRICT)
                nearer = found.get(level, ("", None))[1]
                found[level] = (place.kato, nearer or serving.get((function, place.kato)))
            self._levels[function, territory] = [(level, kato, unit) for level, (kato, unit) in found.items()]

    def _ask_serving(self, functions: set[str], places: set[str]) -> dict[tuple[str, str], Unit]:
        day = local(self.at).date()
        rows = UnitFunction.objects.filter(
            Q(until=None) | Q(until__gt=self.at),
            Q(unit__valid_to=None) | Q(unit__valid_to__gt=day),
            function_id__in=functions,
            territory_id__in=places,
            since__lte=self.at,
            unit__valid_from__lte=day,
        )
        serving: dict[tuple[str, str], Unit] = {}
        for row in rows.select_related("unit").order_by("since", "unit_id"):
            serving.setdefault((row.function_id, row.territory_id), row.unit)
        return serving

    def _ask_seats(self, pairs: set[tuple[UUID, int]]) -> None:
        unknown = sorted(pairs - self._seated.keys())
        if not unknown:
            return
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT dossier, unit, held, barred"
                " FROM obligations.seats_of(%s::uuid[], %s::integer[], %s::timestamptz)",
                [[dossier for dossier, _unit in unknown], [unit for _dossier, unit in unknown], self.at],
            )
            self._seated |= {(dossier, unit): _Seats(held, barred) for dossier, unit, held, barred in cursor.fetchall()}
