"""One house for the tests of a module."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.cluster import Cluster
from tests.worlds.house import House, World


@pytest.fixture(scope="package")
def house(cluster: Cluster, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """Build the house once; worlds are copies of it."""
    with django_db_blocker.unblock():
        built = House.built(cluster)
        yield built
    cluster.drop(built.cluster.template)


@pytest.fixture
def world(house: House) -> Iterator[World]:
    """One copy of the house, open."""
    with house.world() as made, made.open():
        yield made
