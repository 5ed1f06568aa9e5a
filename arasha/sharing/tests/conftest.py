from datetime import UTC, datetime

import pytest

from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.sharing.tests.cast import Family, make_family
from tests.database import as_owner


@pytest.fixture
def family(db: None) -> Family:
    """A case of a girl who is said to be ten, so that she is surely not 14, with her mother and father."""
    declare()
    return make_family()


@pytest.fixture
def of_14(db: None) -> Family:
    """The same of a girl of 14."""
    declare()
    return make_family(age=14)


def declare() -> None:
    """Say what kind of instance this is, as pages need it."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
