"""Who keeps pilots: in the test's transaction, or committed for tests in which several work at once."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from arasha.governance.tests.entered import Keepers
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from tests.database import ClonedDatabase, as_owner


@pytest.fixture
def keepers(db: None) -> Keepers:
    """Coordination of a district, its region and the nation, who answers for pilots, and others."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return Keepers.made()


@pytest.fixture
def committed(cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker) -> Iterator[Keepers]:
    """The same in a database of the test's own, committed."""
    with django_db_blocker.unblock(), cloned_database.as_default():
        with replace(cloned_database, app=cloned_database.superuser).as_default(), transaction.atomic():
            made = Keepers.made()
        yield made
