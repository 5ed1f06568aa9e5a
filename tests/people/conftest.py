from datetime import UTC, datetime

import pytest

from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from arasha.people import models
from arasha.protocols.tests.procedures import let_reports_oblige_the_inspection_alone
from tests.database import as_owner
from tests.people.coach import AGAIN, COACH, NEXT, alleged


@pytest.fixture
def district(db: None) -> cast.District:
    """One district, manned, of a training instance."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    let_reports_oblige_the_inspection_alone()
    return cast.make_district()


@pytest.fixture
def two(district: cast.District) -> list[models.Allegation]:
    """The coach, named in a village, and in another of the next district; neither time with a name."""
    return [alleged(district, COACH), alleged(district, AGAIN, place=NEXT)]
