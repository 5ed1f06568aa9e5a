"""Who decides about procedures: two officers of the nation's coordination, a prosecutor, and others who do not."""

from dataclasses import dataclass
from datetime import UTC, datetime

from arasha.kernel.access.models import UnitFunction
from arasha.kernel.access.tests.cast import Person, building, make_person, make_unit
from arasha.kernel.territory.rules import NATION

# Far ahead: the database asks its own clock whether a day lies ahead.
NOW = datetime(2060, 3, 1, 9, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Ministry:
    """The people."""

    officer: Person
    lawyer: Person
    prosecutor: Person
    district_prosecutor: Person
    coordinator: Person
    doctor: Person


def make_ministry() -> Ministry:
    """Make the whole cast."""
    with building():
        UnitFunction.objects.all().delete()
        nation = make_unit("coordination of the nation", "coordination_nation", place=NATION)
        prosecution = make_unit("prosecution", "prosecution", place=NATION)
        return Ministry(
            officer=make_person(nation, scope="nation"),
            lawyer=make_person(nation, scope="nation"),
            prosecutor=make_person(prosecution),
            district_prosecutor=make_person(make_unit("district prosecution", "prosecution")),
            coordinator=make_person(make_unit("coordination", "coordination_district")),
            doctor=make_person(make_unit("polyclinic", "health_care")),
        )
