"""Where an entry lies: a region's districts and a district's settlements, as far as somebody keeps them."""

from dataclasses import dataclass
from typing import Any

from arasha.kernel.territory.queries import chain, districts, territory, within
from arasha.kernel.territory.rules import NATION, alphabetical, district_code, region_code

Groups = list[tuple[str, Any]]


@dataclass(frozen=True)
class Places:
    """What a keeper may choose, in one language. `own`: the territory of their unit."""

    own: str
    language: str

    @property
    def is_regional(self) -> bool:
        """Say whether whole regions are kept, so that what is protected may be entered."""
        return self.own == NATION or region_code(self.own) == self.own

    def name(self, kato: str) -> str:
        """Return a territory's name, its code when there is none."""
        found = territory(kato)
        return found.name(self.language) if found else kato

    def districts(self) -> Groups:
        """Return the districts below the keeper, in groups by their region, each region with itself."""
        if not self.is_regional:
            return [(self.own, self.name(self.own))]
        groups: Groups = []
        for region, below in districts(self.own, self.language):
            code = region_code(below[0][0]) or ""
            if self.own in {NATION, code}:
                groups.append((region, [(code, region), *below]))
        return groups

    def settlements(self, district: str) -> list[tuple[str, str]]:
        """Return what lies in a district that the keeper may choose, by the alphabet."""
        if not self.keeps(district) or district_code(district) is None:
            return []
        units = within(district).filter(level__gt=2)
        names = {unit.kato: unit.name(self.language) for unit in units}
        return sorted(names.items(), key=lambda one: alphabetical(one[1]))

    def keeps(self, kato: str) -> bool:
        """Say whether a territory lies in the keeper's own. Codes that are none do not."""
        return any(unit.kato == self.own for unit in chain(kato)) if kato.isascii() and kato.isdigit() else False

    def served(self, at: str) -> list[tuple[str, str]]:
        """Return whose children a site may take: of its district, of others in the region, of region and country."""
        region = region_code(at) or NATION
        below = next((rows for _name, rows in districts(region, self.language)), []) if region != NATION else []
        own = district_code(at)
        ordered = sorted(below, key=lambda one: one[0] != own)
        return [*ordered, (region, self.name(region)), *([(NATION, self.name(NATION))] if region != NATION else [])]

    def district_of(self, kato: str) -> str:
        """Return the district that holds a territory, its region or the territory itself where there is none."""
        return district_code(kato) or region_code(kato) or kato
