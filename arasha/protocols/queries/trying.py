"""What a version would ask for in a made-up case: who would owe what by when. Nothing is written.

The same rules find the bodies as when a duty is raised (`obligations.queries.Finder`); a test in a higher folder lets
both look at one world and compares.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from arasha.kernel.access.models import Post, Unit, UnitFunction
from arasha.kernel.access.queries import supervisor_of
from arasha.kernel.territory.models import Territory
from arasha.kernel.territory.queries import chain, district_of, successor_at
from arasha.kernel.worktime.queries import calendar
from arasha.kernel.worktime.rules import AROUND_THE_CLOCK, Calendar, Derivation, Hours, due_at, local
from arasha.protocols.rules import IDENTIFIED, MET, OF_THE_CHILD, WHERE_FOUND, Protocol, Rung, Step

LEVELS = {1: "region", 0: "nation"}
SUBSTITUTE, NOBODY = "substitute", "nobody"


@dataclass(frozen=True)
class MadeUp:
    """A case that never was: where the child lives, where the child was found when that is elsewhere ("": there too).

    `missing` and `unsafe` are functions: no such body, or everybody in it is barred.
    """

    codes: Mapping[str, Any]
    territory: str
    moment: datetime
    identified: datetime
    missing: frozenset[str] = frozenset()
    unsafe: frozenset[str] = frozenset()
    found: str = ""


@dataclass(frozen=True)
class Climb:
    """A rung: when silence reaches it, and who is told; `passed` says why nobody is: empty, unsafe, same."""

    rung: Rung
    at: datetime
    unit: Unit | None
    passed: str


@dataclass(frozen=True)
class Owed:
    """One duty that would arise: whose, how found, what was missing, by when, and where its silence would climb."""

    number: int
    step: Step
    unit: Unit | None
    found_by: str
    gaps: tuple[str, ...]
    derivation: Derivation
    ladder: tuple[Climb, ...]
    follows: tuple[tuple[str, tuple[Step, ...]], ...]


def place_to_begin_with(territory: str) -> str:
    """Return the reader's own district, or for who serves more than one the first in which there is any body."""
    own = district_of(territory)
    if own is not None:
        return own.kato
    first = Unit.objects.filter(territory__level=2).order_by("id").values_list("territory_id", flat=True).first()
    return first or ""


def attempt(protocol: Protocol, case: MadeUp) -> list[Owed]:
    """Return what the procedure would raise in the made-up case, in the order of its steps."""
    raised = protocol.steps_on(protocol.event, case.codes)
    functions = {step.function for step in raised} | set(protocol.substitutes)
    functions |= {rung.function for step in raised for rung in protocol.ladder_of(step)}
    places = {OF_THE_CHILD: case.territory, WHERE_FOUND: case.found or case.territory}
    worlds = {kato: _World(functions - {""}, case, kato) for kato in {places[step.place] for step in raised}}
    days = calendar() if raised else Calendar()
    return [_owed(protocol, step, case, worlds[places[step.place]], days) for step in raised]


def _owed(protocol: Protocol, step: Step, case: MadeUp, world: "_World", days: Calendar) -> Owed:
    unit, found_by, gaps = world.obliged(step.function, protocol.substitutes)
    hours = _hours(unit)
    began = case.identified if step.counts_from == IDENTIFIED else case.moment
    derivation = due_at(step.limit, began, hours, days)
    # As in life: where nobody owes it, silence climbs from the start.
    climbs_from = derivation.due if unit else case.moment
    return Owed(
        number=protocol.steps.index(step) + 1,
        step=step,
        unit=unit,
        found_by=found_by,
        gaps=gaps,
        derivation=derivation,
        ladder=tuple(world.climb(protocol.ladder_of(step), unit, climbs_from, hours, days)),
        follows=tuple(_follows(protocol, step)),
    )


def _follows(protocol: Protocol, step: Step) -> Iterable[tuple[str, tuple[Step, ...]]]:
    """Yield each possible answer with the steps that it would raise; "" is any answer."""
    for code in [outcome.code for outcome in step.outcomes] or [""]:
        answer = {"step": step.key} | ({"outcome": code} if code else {})
        following = protocol.steps_on(MET, answer)
        if code or following:
            yield code, tuple(following)


def _hours(unit: Unit | None) -> Hours:
    if unit is None or unit.around_the_clock:
        return AROUND_THE_CLOCK
    return Hours(unit.opens, unit.closes) if unit.opens and unit.closes else Hours()


class _World:
    """The bodies of the place on that day, less those that the case says are missing or unsafe."""

    def __init__(self, functions: set[str], case: MadeUp, territory: str) -> None:
        self.case = case
        standing = successor_at(territory, local(case.moment).date())
        self.places: list[Territory] = [] if standing is None else chain(standing.kato)
        self.serving: dict[tuple[str, str], Unit] = {}
        self.unsafe_units: set[int] = set()
        for row in self._rows(functions):
            if row.function_id in case.missing:
                continue
            self.serving.setdefault((row.function_id, row.territory_id), row.unit)
            if row.function_id in case.unsafe:
                self.unsafe_units.add(row.unit_id)
        self._held: dict[int, bool] = {}

    def _rows(self, functions: set[str]) -> Iterable[UnitFunction]:
        at, day = self.case.moment, local(self.case.moment).date()
        return (
            UnitFunction.objects.filter(
                Q(until=None) | Q(until__gt=at),
                Q(unit__valid_to=None) | Q(unit__valid_to__gt=day),
                function_id__in=functions,
                territory_id__in=[place.kato for place in self.places],
                since__lte=at,
                unit__valid_from__lte=day,
            )
            .select_related("unit__body", "unit__parent")
            .order_by("since", "unit_id")
        )

    def levels(self, function: str) -> list[tuple[str, Unit | None]]:
        """Return district (or nearer), region and nation with the unit that serves each."""
        found: dict[str, Unit | None] = {}
        for place in self.places:
            level = LEVELS.get(place.level, "district")
            found[level] = found.get(level) or self.serving.get((function, place.kato))
        return list(found.items())

    def obliged(self, function: str, substitutes: Iterable[str]) -> tuple[Unit | None, str, tuple[str, ...]]:
        """Return the unit that owes, where it was found, and the levels that have no such body."""
        gaps: list[str] = []
        for level, unit in self.levels(function):
            if unit is None:
                gaps.append(level)
            elif unit.pk in self.unsafe_units:
                break
            else:
                return unit, level, tuple(gaps)
        for substitute in substitutes:
            unit = self.nearest(substitute)
            if unit is not None and unit.pk not in self.unsafe_units:
                return unit, SUBSTITUTE, tuple(gaps)
        return None, NOBODY, tuple(gaps)

    def nearest(self, function: str) -> Unit | None:
        """Return the unit of the nearest level that has one."""
        return next((unit for _level, unit in self.levels(function) if unit is not None), None)

    def climb(
        self, ladder: Iterable[Rung], owes: Unit | None, due: datetime, hours: Hours, days: Calendar
    ) -> Iterable[Climb]:
        """Yield each rung with its moment and who is told; a rung that is passed hands its turn to the next."""
        told = {owes.pk} if owes else set[int]()
        for rung in ladder:
            at = due if rung.after is None else due_at(rung.after, due, hours, days).due
            unit = self.nearest(rung.function) if rung.function else self._above(owes)
            passed = self._passed(unit, told)
            if unit is not None and not passed:
                told.add(unit.pk)
            yield Climb(rung, at, unit, passed)

    def _above(self, unit: Unit | None) -> Unit | None:
        return supervisor_of(unit, self.case.moment) if unit else None

    def _passed(self, unit: Unit | None, told: set[int]) -> str:
        if unit is None:
            return "empty"
        if unit.pk in told:
            return "same"
        if unit.pk in self.unsafe_units:
            return "unsafe"
        return "" if self._is_held(unit) else "empty"

    def _is_held(self, unit: Unit) -> bool:
        if unit.pk not in self._held:
            at = self.case.moment
            held = Post.objects.filter(Q(until=None) | Q(until__gt=at), unit=unit, since__lte=at, holder__isnull=False)
            self._held[unit.pk] = held.exists()
        return self._held[unit.pk]
