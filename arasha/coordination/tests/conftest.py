import pytest

from arasha.obligations.tests import cast


@pytest.fixture
def district(db: None) -> cast.District:
    """One district, manned."""
    return cast.make_district()
