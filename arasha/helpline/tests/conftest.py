from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from pytest_django import DjangoDbBlocker

from arasha.helpline.tests.line import Line, make_line
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from tests.database import ClonedDatabase, as_owner


@pytest.fixture
def line(db: None) -> Line:
    """A helpline with two operators and a supervisor, a district, and a helpline elsewhere."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_line()


@pytest.fixture
def base(cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker) -> Iterator[ClonedDatabase]:
    """A database of the test's own, which the staff's process uses."""
    with django_db_blocker.unblock(), cloned_database.as_default():
        declare_instance(kind="training", actor=INSTALLATION, now=cast.NOW)
        yield cloned_database


@pytest.fixture
def committed(base: ClonedDatabase) -> Line:
    """The same cast, committed, for tests in which two work at once."""
    from django.db import transaction  # noqa: PLC0415

    with replace(base, app=base.superuser).as_default(), transaction.atomic():
        return make_line()
