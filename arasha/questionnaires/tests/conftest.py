import pytest

from arasha.kernel.access.tests import cast
from arasha.questionnaires.tests.answering_cast import File, make_file


@pytest.fixture
def file(db: None) -> File:
    """One file with a clinic, a school and the unit that leads."""
    with cast.building():
        return make_file()
