from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from arasha.kernel.access.models import UnitFunction
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW
from arasha.surveys.tests.school import School, opened
from tests.database import ClonedDatabase, as_owner


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


@pytest.fixture
def base(cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker) -> Iterator[ClonedDatabase]:
    """A database of the test's own, which the staff's process uses."""
    with django_db_blocker.unblock(), cloned_database.as_default():
        declare_instance(kind="training", actor=INSTALLATION, now=NOW)
        yield cloned_database


@pytest.fixture
def class_of_twelve(base: ClonedDatabase) -> tuple[School, Any, list[str]]:
    """A survey that is open, with its slips, all committed."""
    with replace(base, app=base.superuser).as_default(), transaction.atomic():
        school = make_school()
    with transaction.atomic():
        survey, slips = opened(school.psychologist)
    return school, survey, slips


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
