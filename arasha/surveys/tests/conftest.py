from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from arasha.kernel.access.models import UnitFunction
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT
from arasha.surveys.tests.school import School
from tests.database import as_owner


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path) -> Iterator[None]:
    """Let each test have a folder of envelopes of its own."""
    before, settings.ARASHA_SURVEYS = settings.ARASHA_SURVEYS, tmp_path / "surveys"
    yield
    settings.ARASHA_SURVEYS = before


@pytest.fixture
def school(db: None) -> School:
    """A school with a psychologist, another school, and the education department of the district."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_school()


def make_school() -> School:
    """Make the cast, as the owner."""
    with cast.building():
        UnitFunction.objects.all().delete()
        return School(
            psychologist=cast.seat(cast.make_unit("school", DISTRICT, "education_school")),
            elsewhere=cast.seat(cast.make_unit("other school", DISTRICT, "education_school")),
            department=cast.seat(cast.make_unit("department", DISTRICT, "education_department")),
            doctor=cast.seat(cast.make_unit("clinic", DISTRICT, "health_care")),
        )
