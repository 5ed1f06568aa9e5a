from datetime import UTC, datetime

import pytest

from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.workforce.tests.cast import Office, make_office
from tests.database import as_owner


@pytest.fixture
def office(db: None) -> Office:
    """A guardianship with a head and three workers."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_office()
