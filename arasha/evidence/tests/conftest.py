from datetime import UTC, datetime

import pytest

from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from tests.database import as_owner


@pytest.fixture
def district(db: None) -> cast.District:
    """One district, manned, of a training instance."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return cast.make_district()
