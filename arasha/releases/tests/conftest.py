from datetime import UTC, datetime

import pytest

from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.releases.tests.cast import Desk, make_desk
from tests.database import as_owner


@pytest.fixture
def desk(db: None) -> Desk:
    """A case with its team, a counter, the coordination and a second coordinator."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_desk()
