from datetime import UTC, datetime

import pytest

from arasha.care.tests.cast import House, make_house
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from tests.database import as_owner


@pytest.fixture
def house(db: None) -> House:
    """A case with its team, a centre, guardianship and a prosecutor."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_house()
