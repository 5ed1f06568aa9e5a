from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from arasha.plans.tests.district import Team, make_team
from arasha.plans.tests.stage import Stage, make_stage
from tests.database import ClonedDatabase, as_owner


@pytest.fixture
def team(db: None) -> Team:
    """A case of a girl of 13, with its team."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_team()


@pytest.fixture
def base(cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker) -> Iterator[ClonedDatabase]:
    """A database of the test's own, which this process uses."""
    with django_db_blocker.unblock(), cloned_database.as_default():
        declare_instance(kind="training", actor=INSTALLATION, now=cast.NOW)
        yield cloned_database


@pytest.fixture
def committed(base: ClonedDatabase) -> Team:
    """The same team, committed, for tests in which several work at once."""
    with replace(base, app=base.superuser).as_default(), transaction.atomic():
        return make_team()


@pytest.fixture
def district(db: None) -> cast.District:
    """One district, manned, of a training instance."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return cast.make_district()


@pytest.fixture
def stage(district: cast.District) -> Stage:
    """A file that the district's coordinator leads, with a school that owes something and a partner's clinic."""
    return make_stage(district)
