from datetime import UTC, datetime

import pytest

from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from arasha.plans.tests.stage import Stage, make_stage
from tests.database import as_owner


@pytest.fixture
def district(db: None) -> cast.District:
    """One district, manned, of a training instance."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return cast.make_district()


@pytest.fixture
def stage(district: cast.District) -> Stage:
    """A file that the district's coordinator leads, with a school that owes something and a partner's clinic."""
    return make_stage(district)
