"""A cluster made once for this folder's tests; each test that changes one takes a copy."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from arasha.config.postgres.place import Place
from arasha.config.tests import installations, launcher
from arasha.config.tests.installations import Installation, Story
from tests.cluster import Cluster
from tests.database import ClonedDatabase


@pytest.fixture(scope="session")
def made() -> Iterator[Place]:
    """A stopped cluster, made once. Copy it, don't start it."""
    with launcher.state_folder() as folder:
        place = Place(folder)
        with launcher.started(place):
            pass
        yield place


@pytest.fixture
def state() -> Iterator[Path]:
    """An empty state folder."""
    with launcher.state_folder() as folder:
        yield folder


@pytest.fixture
def place(made: Place, state: Path) -> Place:
    """A stopped cluster of the test's own."""
    return launcher.copy(made, state)


@pytest.fixture(scope="session")
def story(
    cluster: Cluster, tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Story]:
    """An installation that was backed up and lived on. Lose it in copies; don't change it."""
    database = ClonedDatabase.made(cluster)
    with django_db_blocker.unblock():
        lived = installations.live(Installation(tmp_path_factory.mktemp("lived"), database))
    time.sleep(1 - time.time() % 1)  # a backup bears its second's name: the next one must not meet it
    yield lived
    cluster.drop(database.name)


@pytest.fixture
def empty(cluster: Cluster, django_db_blocker: DjangoDbBlocker) -> Iterator[ClonedDatabase]:
    """A database in which nothing stands."""
    with installations.empty_database(cluster) as made, django_db_blocker.unblock():
        yield made


@pytest.fixture
def new(story: Story, empty: ClonedDatabase, tmp_path: Path) -> Iterator[Installation]:
    """A new machine with the backups and the keys of the lost one; Django works there."""
    made = story.lost(tmp_path, empty)
    with made.used():
        yield made
