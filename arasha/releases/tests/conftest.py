from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.releases.tests.cast import NOW, Desk, make_desk
from tests.database import ClonedDatabase, as_owner


@pytest.fixture
def desk(db: None) -> Desk:
    """A case with its team, a counter, the coordination and a second coordinator."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_desk()


@pytest.fixture
def committed(cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    """The same desk in a database of its own, committed, for tests in which several work at once."""
    with django_db_blocker.unblock(), cloned_database.as_default():
        declare_instance(kind="training", actor=INSTALLATION, now=NOW)
        with replace(cloned_database, app=cloned_database.superuser).as_default(), transaction.atomic():
            desk = make_desk()
        yield desk
