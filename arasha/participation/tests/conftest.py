"""Fixtures of feedback's tests."""

from datetime import UTC, datetime

import pytest

from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.participation.tests.stage import Stage, make_stage
from tests.database import as_owner


@pytest.fixture
def stage(db: None) -> Stage:
    """Return a district with services, files and who works there."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_stage()
