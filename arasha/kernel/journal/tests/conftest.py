"""The sample table in each test's own transaction, or in a clone for tests that commit."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import psycopg
import pytest
from django.db import connection

from arasha.kernel.journal.tests.sample import CONTEXT, DOCTOR, TABLE, entered
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
def committed(cloned_database: ClonedDatabase) -> ClonedDatabase:
    """A clone with the sample tables, for tests that commit."""
    with psycopg.connect(cloned_database.owner) as owner:
        owner.execute(CONTEXT + TABLE)
    return cloned_database
