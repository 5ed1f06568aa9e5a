from datetime import UTC, datetime

import pytest

from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from tests.database import as_owner


@pytest.fixture
def training(db: None) -> None:
    """Let the database be a training instance's."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
