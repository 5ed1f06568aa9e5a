from datetime import UTC, datetime

import pytest

from arasha.adulthood.tests.cast import Girl, make_girl
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from tests.database import as_owner


@pytest.fixture
def girl(db: None) -> Girl:
    """A girl of 17 with a case, and the bodies of her district."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_girl()
