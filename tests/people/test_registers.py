"""Registers of other bodies: loaded, loaded again, and nothing doubles."""

import pytest

from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, District, Person
from arasha.people.models import Person as Known
from tests.people.registers import AIGERIM, DANA, ERLAN, arranged, counted, csv_file, loaded

pytestmark = pytest.mark.django_db


@pytest.fixture
def department(district: District) -> Person:
    """Somebody of the education department."""
    with cast.building():
        return cast.seat(cast.make_unit("education department", DISTRICT, "education_department"))


def test_a_register_is_loaded_and_loaded_again_and_nothing_doubles(department: Person) -> None:
    source = arranged(department)
    first = loaded(department, source, csv_file(AIGERIM, DANA, ERLAN))
    assert (first.state, counted(first)) == ("loaded", (3, 0, 0, 0))
    second = loaded(department, source, csv_file(AIGERIM, DANA, ERLAN))
    assert (second.state, counted(second)) == ("loaded", (0, 3, 0, 0))
    assert sorted(Known.objects.values_list("called", flat=True)) == [
        "Бекова Дана",
        "Бекұлы Ерлан Болатұлы",
        "Нұрғалиева Әйгерім Серікқызы",
    ]
