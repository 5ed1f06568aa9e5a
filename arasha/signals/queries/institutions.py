"""Harm in an institution: which body it is, and who watches over the file from outside."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from arasha.kernel.access.models import Body, UnitFunction
from arasha.kernel.territory.queries import within
from arasha.kernel.territory.rules import region_code
from arasha.kernel.worktime.rules import local
from arasha.obligations.queries import Finder
from arasha.signals import rules

# Who watches over such a file: the region's coordination, and the ombudsperson, the region's and the nation's.
OVERSEERS = ("coordination_region", "ombudsperson")


def in_time(at: datetime) -> QuerySet[UnitFunction]:
    """Return which units serve whom at a moment."""
    day = local(at).date()
    return UnitFunction.objects.filter(
        Q(until=None) | Q(until__gt=at),
        Q(unit__valid_to=None) | Q(unit__valid_to__gt=day),
        since__lte=at,
        unit__valid_from__lte=day,
    )


def institutions_of(territory: str, at: datetime) -> list[Body]:
    """Return the bodies that serve a territory or stand in it, by name; where refuges are, is told to nobody."""
    return sorted(_bodies(territory, at).filter(protected=False), key=lambda body: body.name)


def institution_by_code(code: str, territory: str, at: datetime) -> int | None:
    """Return the body with this code in the child's region, None when there is none."""
    if not code:
        return None
    return _bodies(_region(territory), at).filter(code=code).values_list("pk", flat=True).first()


def institution_of(report: rules.Report, school: int | None, at: datetime) -> int | None:
    """Return the body in which it happened: the one chosen, else the child's school where it happened at school."""
    if not report.happened_in:
        return None
    if report.institution is not None:
        chosen = _bodies(_region(report.territory), at).filter(pk=report.institution)
        return chosen.values_list("pk", flat=True).first()
    called = report.place_called.strip()
    return school if report.happened_in == "school" and not called else None


def meant_by(report: rules.Report, at: datetime) -> frozenset[int]:
    """Return the bodies of the region whose name stands in the words: rather one too many than one too few."""
    if not report.happened_in or not report.place_called.strip():
        return frozenset()
    bodies = _bodies(_region(report.territory), at)
    names = bodies.values_list("pk", "name_kk", "name_ru", "name_en")
    return frozenset(pk for pk, *called in names if rules.place_stands_in(called, report.place_called))


def watching(finder: Finder, dossier: UUID, territory: str) -> Iterable[int]:
    """Return the units that watch over the file of harm in an institution: of each level one, if it may know."""
    units = [unit.pk for function in OVERSEERS for unit in finder.each_level(dossier, function, territory)]
    return dict.fromkeys(units)


def _region(territory: str) -> str:
    return region_code(territory) or territory


def _bodies(territory: str, at: datetime) -> QuerySet[Body]:
    places, day = within(territory).values("kato"), local(at).date()
    serving = in_time(at).filter(territory__in=places)
    standing = Body.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)
    return standing.filter(Q(pk__in=serving.values("unit__body")) | Q(territory__in=places))
