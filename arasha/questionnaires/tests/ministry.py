"""Who writes and publishes forms: two officers of the ministry, an administrator, and others who do not."""

from dataclasses import dataclass
from datetime import UTC, datetime

from arasha.kernel.access.models import UnitFunction
from arasha.kernel.access.tests.cast import Person, building, make_person, make_unit
from arasha.kernel.territory.rules import NATION

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Ministry:
    """The people."""

    officer: Person
    second: Person
    administrator: Person
    district_administrator: Person
    coordinator: Person
    doctor: Person


def make_ministry() -> Ministry:
    """Make the whole cast."""
    with building():
        UnitFunction.objects.all().delete()
        nation = make_unit("coordination of the nation", "coordination_nation", place=NATION)
        return Ministry(
            officer=make_person(nation, scope="nation"),
            second=make_person(nation, scope="nation"),
            administrator=make_person(make_unit("administration of the nation", "administration", place=NATION)),
            district_administrator=make_person(make_unit("district administration", "administration")),
            coordinator=make_person(make_unit("coordination", "coordination_district")),
            doctor=make_person(make_unit("polyclinic", "health_care")),
        )
