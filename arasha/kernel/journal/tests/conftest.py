"""The sample table in each test's own transaction, or in a clone for tests that commit."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from arasha.kernel.journal.tests.sample import CONTEXT, DOCTOR, TABLE, entered
from arasha.kernel.journal.tests.world import World
from tests.database import ClonedDatabase, as_owner


@pytest.fixture
def now() -> datetime:
    """The test's moment: the real one, since the database adds its own clock."""
    return datetime.now(UTC)


@pytest.fixture
def sample(db: None) -> None:
    """Make the sample tables and act as the doctor, rolled back afterwards."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(CONTEXT + TABLE)
    with connection.cursor() as cursor:
        cursor.execute(entered(DOCTOR))


@pytest.fixture
def rows(sample: None) -> Callable[..., list[tuple[Any, ...]]]:
    """Run a statement as the definer, who sees all, and return its rows."""

    def run(statement: str, *arguments: Any) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE arasha_definer")
            cursor.execute(statement, arguments)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            cursor.execute("SET LOCAL ROLE arasha_app")
            return found

    return run


@pytest.fixture
def world(
    committed: ClonedDatabase, django_db_blocker: DjangoDbBlocker, settings: Settings, tmp_path: Path
) -> Iterator[World]:
    """A clone that Django writes to as the application, with seals and keys in folders of its own."""
    settings.ARASHA_KEYS, settings.ARASHA_SEALS = tmp_path / "keys", tmp_path / "seals"
    settings.ARASHA_SEAL_COPY = settings.ARASHA_SEAL_MAIL = ""
    with django_db_blocker.unblock(), committed.as_default():
        yield World(committed, tmp_path / "seals")


@pytest.fixture
def committed(cloned_database: ClonedDatabase) -> ClonedDatabase:
    """A clone with the sample tables, for tests that commit."""
    with psycopg.connect(cloned_database.owner) as owner:
        owner.execute(CONTEXT + TABLE)
    return cloned_database
