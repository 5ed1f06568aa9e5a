"""What every test of access starts from."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from pytest_django import DjangoDbBlocker

from arasha.kernel.access import looks
from arasha.kernel.access.tests import cast


@contextmanager
def same_connection() -> Iterator[CursorWrapper]:
    """Write the access log inside the test's own transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        yield cursor


@pytest.fixture(autouse=True)
def _looks_in_the_tests_transaction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looks, "channel", same_connection)


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
