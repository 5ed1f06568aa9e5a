"""What every test of access starts from."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.world import World
from tests.cluster import Cluster
from tests.database import ClonedDatabase


@pytest.fixture
def notes(db: None) -> None:
    """A content table of the tests' own, protected as every content table is."""
    with cast.building():
        cast.make_notes()


@pytest.fixture
def unblocked(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Let a test use Django's connections without a transaction around it (for clones)."""
    with django_db_blocker.unblock():
        yield


@pytest.fixture(scope="module")
def world(cluster: Cluster, django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """A committed world, built once a module: its tests roll back what they do."""
    database = ClonedDatabase.made(cluster)
    with django_db_blocker.unblock():
        made = World.made(database)
    yield made
    cluster.drop(database.name)
