"""A cluster made once for this folder's tests; each test that changes one takes a copy."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from arasha.config.postgres.place import Place
from arasha.config.tests import launcher


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
