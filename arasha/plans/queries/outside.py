"""Units outside a file's team that could be asked for a part of an assessment: the directory, nearest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from arasha.cases.models import Case
from arasha.kernel.access.models import Facet as FacetRow
from arasha.kernel.access.models import Unit, UnitFunction
from arasha.kernel.access.queries import bars_of, team_of
from arasha.kernel.territory.queries import district_of, region_of
from arasha.kernel.worktime.rules import local
from arasha.plans import rules
from arasha.plans.queries.assessing import facet_of

MOST_SHOWN = 20
NAMES = ("name_kk", "name_ru", "name_en")


@dataclass(frozen=True)
class Outside:
    """A unit that is not on the file. `near`: it serves the child's district; `reads`: what a partner like it reads."""

    unit: Unit
    near: bool
    reads: int


def outside(
    case: Case, discipline: rules.Discipline, now: datetime, *, name: str = "", unit: int | None = None
) -> list[Outside]:
    """Return the units of the directory that may be asked for a discipline, the child's district first.

    Those of the child's region and of the nation whose function writes the discipline's facet as a partner, and whose
    name holds `name`; or the one that `unit` names. Left out are units of the team, of bodies that are barred from the
    file, and of bodies whose whereabouts are protected. For who leads the file.
    """
    facet = facet_of(discipline, now)
    if facet is None:
        return []
    served = serving(case, discipline.functions, now).exclude(unit__in=_on_team(case.dossier_id))
    barred = [bar.body_id for bar in bars_of(case.dossier_id) if bar.body_id is not None]
    served = served.exclude(unit__body__in=barred).exclude(unit__body__protected=True)
    served = served.filter(unit=unit) if unit is not None else served
    if name.strip():
        wanted = Q()
        for column in NAMES:
            wanted |= Q(**{f"unit__{column}__icontains": name.strip()})
        served = served.filter(wanted)
    district = district_of(case.territory_id)
    near = set(_units(served.filter(territory__path__startswith=district.path))) if district else set()
    functions = functions_of(_units(served), now)
    fitting = [one for one, held in functions.items() if rules.becomes_partner(held, facet)]
    rows = Unit.objects.filter(pk__in=fitting)
    found = [Outside(row, row.pk in near, rules.partner_reads(functions[row.pk])) for row in rows]
    return sorted(found, key=lambda one: (not one.near, one.unit.name, one.unit.pk))


def reading_words(reads: int, language: str) -> list[str]:
    """Return the names of what a mask of facets opens, in the order of the table of facets."""
    rows = FacetRow.objects.filter(sealed=False).order_by("bit")
    return [getattr(row, f"label_{language}") for row in rows if reads >> row.bit & 1]


def serving(case: Case, functions: Iterable[str], now: datetime) -> QuerySet[UnitFunction]:
    """Return which units serve a case's region, or the nation, in one of these functions today."""
    day = local(now).date()
    region = region_of(case.territory_id)
    place = Q(territory__level=0)
    if region is not None:
        place |= Q(territory__path__startswith=region.path)
    return UnitFunction.objects.filter(
        place,
        Q(until=None) | Q(until__gt=now),
        Q(unit__valid_to=None) | Q(unit__valid_to__gt=day),
        function__in=functions,
        since__lte=now,
        unit__valid_from__lte=day,
    )


def _units(rows: QuerySet[UnitFunction]) -> list[int]:
    return list(rows.values_list("unit_id", flat=True).distinct())


def _on_team(dossier: UUID) -> set[int]:
    return {member.unit_id for member in team_of([dossier]) if member.unit_id is not None}


def functions_of(units: Iterable[int], now: datetime) -> dict[int, set[str]]:
    """Return all functions that units have now, by unit: what it reads comes of each of them."""
    held = UnitFunction.objects.filter(Q(until=None) | Q(until__gt=now), unit__in=units, since__lte=now)
    found: dict[int, set[str]] = {}
    for unit, function in held.values_list("unit_id", "function_id"):
        found.setdefault(unit, set()).add(function)
    return found
