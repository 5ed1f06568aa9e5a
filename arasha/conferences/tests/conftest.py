from datetime import UTC, datetime

import pytest

from arasha.conferences.tests.cast import Table, make_table
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from tests.database import as_owner


@pytest.fixture
def table(db: None) -> Table:
    """A case with its team, and a commission."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_table()
