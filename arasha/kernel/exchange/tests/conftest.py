import pytest

from arasha.kernel.access.models import Post, Unit
from arasha.kernel.access.tests import cast as people
from arasha.kernel.access.tests.cast import Person
from arasha.kernel.exchange.tests.cast import System, make_system


@pytest.fixture
def unit(db: None) -> Unit:
    """A clinic of its own."""
    with people.building():
        return people.make_unit("clinic", "health_care", "administration", "family_support")


@pytest.fixture
def administrator(unit: Unit) -> Person:
    """Who administers the place, in another body."""
    with people.building():
        return people.make_person(people.make_unit("office", "administration"))


@pytest.fixture
def head(unit: Unit) -> Person:
    """The clinic's head."""
    with people.building():
        person = people.make_person(unit)
        Post.objects.filter(pk=person.post_id).update(rank="head", functions=["health_care"])
    return person


@pytest.fixture
def nurse(unit: Unit) -> Person:
    """Somebody of the clinic who arranges nothing."""
    with people.building():
        person = people.make_person(unit)
        Post.objects.filter(pk=person.post_id).update(functions=["health_care"])
    return person


@pytest.fixture
def system(unit: Unit) -> System:
    """The clinic's information system, with every scope."""
    with people.building():
        return make_system(unit.pk, "health_care", "family_support")
