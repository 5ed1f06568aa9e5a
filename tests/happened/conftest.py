from datetime import UTC, datetime
from uuid import UUID

import pytest

from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from arasha.protocols.tests.procedures import let_reports_oblige_the_inspection_alone
from tests.database import as_owner
from tests.happened.story import Story
from tests.people.children import case_of, described, join


@pytest.fixture
def district(db: None) -> cast.District:
    """One district, manned, of a training instance."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    let_reports_oblige_the_inspection_alone()
    return cast.make_district()


@pytest.fixture
def story(district: cast.District) -> Story:
    """A child's file with everybody who has to do with it."""
    with cast.building():
        people = {
            name: cast.seat(cast.make_unit(name, cast.DISTRICT, function))
            for name, function in (
                ("interviewer", "women_children_police"),
                ("school", "education_school"),
                ("driver", "social_protection"),
                ("prosecutor", "prosecution"),
            )
        }
    file: UUID = case_of(district.coordinator, described("Ким", "Анна", year=2012))
    for person, part in (
        (district.doctor, "partner"),
        (district.inspector, "partner"),
        (people["prosecutor"], "partner"),
        (people["school"], "obliged"),
        (people["driver"], "informed"),
    ):
        join(district.coordinator, file, person.unit.pk, part)
    return Story(file, district, **people)
