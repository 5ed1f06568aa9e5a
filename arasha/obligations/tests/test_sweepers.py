"""Many sweepers, dying sweepers: exactly one escalation each. On a database that commits, with true logins."""

from collections.abc import Iterator
from datetime import timedelta

import psycopg
import pytest
from pytest_django import DjangoDbBlocker

from arasha.kernel.access.actions import enter_system
from arasha.obligations.actions import sweep_batch
from arasha.obligations.tasks import sweep
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from arasha.obligations.tests.committed import all_at_once, committed, killed_before_its_end
from tests.cluster import Cluster
from tests.database import ClonedDatabase

LATE = NOW + timedelta(hours=25)
FILES = 30
SAME_SECOND = 200


@pytest.fixture
def overdue(
    cluster: Cluster, cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker
) -> Iterator[ClonedDatabase]:
    """Thirty files, in each one duty that fell due at the same moment, committed."""
    with django_db_blocker.unblock(), committed(cluster, cloned_database, lambda: _reports(FILES)):
        yield cloned_database


def _reports(count: int) -> None:
    district = cast.make_district()
    for _ in range(count):
        cast.report(district)


def told(database: ClonedDatabase) -> tuple[int, int, int]:
    """Return how many escalations there are, how many obligations have one, and how many acts say so."""
    with psycopg.connect(database.superuser) as connection:
        row = connection.execute(
            "SELECT (SELECT count(*) FROM obligations_escalation),"
            " (SELECT count(DISTINCT obligation_id) FROM obligations_escalation),"
            " (SELECT count(*) FROM journal_act WHERE verb = 'obligation_overdue')"
        ).fetchone()
    assert row is not None
    return row


def test_four_sweepers_at_once_tell_each_rung_once(overdue: ClonedDatabase) -> None:
    assert all_at_once(lambda: sweep(LATE), 4) == [[]] * 4
    assert told(overdue) == (FILES, FILES, FILES)


def test_a_sweeper_killed_between_claim_and_commit_leaves_everything_to_the_next(overdue: ClonedDatabase) -> None:
    def half() -> None:
        assert sweep_batch(actor=enter_system("sweep"), now=LATE).climbed == FILES

    # What is claimed is skipped, not waited for.
    killed_before_its_end(overdue, half, meanwhile=lambda: _is(sweep(LATE), 0))
    assert told(overdue) == (0, 0, 0)
    assert sweep(LATE) == FILES
    assert told(overdue) == (FILES, FILES, FILES)


def test_two_hundred_duties_that_fall_due_in_the_same_second_climb_once_each(
    cluster: Cluster, cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker
) -> None:
    with django_db_blocker.unblock(), committed(cluster, cloned_database, lambda: _reports(SAME_SECOND)):
        assert all_at_once(lambda: sweep(LATE), 2) == [[]] * 2  # more than one batch holds
        assert told(cloned_database) == (SAME_SECOND, SAME_SECOND, SAME_SECOND)
        assert sweep(LATE) == 0


def _is(found: int, expected: int) -> None:
    assert found == expected
