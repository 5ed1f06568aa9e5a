"""Places to choose from."""

from arasha.kernel.territory.queries.tree import within
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
