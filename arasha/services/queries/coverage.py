"""Where which services of the minimum package are offered: a region's districts, by one query."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from arasha.services.rules import Service


@dataclass(frozen=True)
class Coverage:
    """Sites that offer a service openly, by place and service; of what is protected only that the region has it."""

    region: str
    sites: dict[tuple[str, str], dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    hidden: frozenset[str] = frozenset()

    def count(self, place: str, service: Service) -> int:
        """Return how many sites of the service's own kinds offer it in a district, or anywhere in the region."""
        found = self.sites.items()
        return sum(
            sites
            for (at, code), kinds in found
            if code == service.code and place in {at, self.region}
            for kind, sites in kinds.items()
            if not service.norm or kind in service.kinds
        )

    def is_met(self, place: str, service: Service) -> bool | None:
        """Say whether the norm is met in a district or in the region; None where the norm is not of that level."""
        level = "region" if place == self.region else "district"
        if service.norm is None or service.norm_per != level:
            return None
        return self.count(place, service) >= service.norm


def coverage(region: str, on: date) -> Coverage:
    """Return what is offered on a day in a region. One query, whoever asks: what is protected is never counted."""
    found, hidden = Coverage(region), set()
    for place, service, kind, sites in _rows(region, on):
        if kind == "protected":
            hidden.add(service)
        else:
            found.sites[place, service][kind] = sites
    return Coverage(region, found.sites, frozenset(hidden))


def _rows(region: str, on: date) -> Iterator[tuple[str, str, str, int]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT place, service, kind, sites FROM services.coverage(%s, %s)", [on, region])
        yield from cursor.fetchall()
