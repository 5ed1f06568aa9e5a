"""Places and kinds of bodies to choose from."""

from arasha.cases.rules import LEADERS_OF
from arasha.kernel.access.models import Function, Unit
from arasha.kernel.territory.queries import within
from arasha.kernel.territory.rules import NATION, alphabetical, region_code


def districts(own: str, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return (region, its districts as code and name) for every region, that of `own` first, in the reader's order."""
    standing = within(NATION).filter(level__in=[1, 2])
    rows = sorted(standing, key=lambda unit: alphabetical(unit.name(language)))
    below: dict[str, list[tuple[str, str]]] = {}
    for unit in rows:
        if unit.level == 2:
            below.setdefault(region_code(unit.kato) or "", []).append((unit.kato, unit.name(language)))
    regions = [unit for unit in rows if unit.level == 1 and unit.kato in below]
    regions.sort(key=lambda unit: unit.kato != region_code(own))
    return [(unit.name(language), below[unit.kato]) for unit in regions]


def functions_that_lead(kind: str, language: str) -> list[tuple[str, str]]:
    """Return the functions that may lead a file of a kind, with their names."""
    rows = Function.objects.filter(code__in=LEADERS_OF[kind])
    return [(row.code, str(getattr(row, f"label_{language}", row.label_kk))) for row in rows.order_by("code")]


def unit_name(unit: int) -> str:
    """Return what a unit is called in the reader's language."""
    found = Unit.objects.filter(pk=unit).first()
    return found.name if found else ""
