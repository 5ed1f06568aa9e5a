"""Many sweepers, dying sweepers: exactly one escalation each. On a database that commits, with true logins."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import OperationalError, connections, transaction
from pytest_django import DjangoDbBlocker

from arasha.kernel.access.actions import system
from arasha.obligations.actions import sweep_batch
from arasha.obligations.tasks import sweep
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from tests.cluster import Cluster
from tests.database import ClonedDatabase, use, use_for_rollback

LATE = NOW + timedelta(hours=25)
FILES = 30


@pytest.fixture
def overdue(
    cluster: Cluster, cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker
) -> Iterator[ClonedDatabase]:
    """Thirty files, in each one duty that fell due at the same moment, committed."""
    with django_db_blocker.unblock(), cloned_database.as_default():
        # Built as tests build, with a login that may become the owner; swept as the application sweeps.
        use_for_rollback(cluster, cloned_database.name)
        with transaction.atomic():
            district = cast.make_district()
            for _ in range(FILES):
                cast.report(district)
        connections["default"].close()
        del connections["default"]
        use(settings.DATABASES["default"], cloned_database.app)
        yield cloned_database


def in_thread(work: Callable[[], object]) -> tuple[threading.Thread, list[BaseException]]:
    """Start the work in a thread with connections of its own; what it raises lands in the list."""
    failures: list[BaseException] = []

    def run() -> None:
        try:
            work()
        except BaseException as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread, failures


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
    sweepers = [in_thread(lambda: sweep(LATE)) for _ in range(4)]
    for thread, _failures in sweepers:
        thread.join()
    assert [failures for _thread, failures in sweepers] == [[]] * 4
    assert told(overdue) == (FILES, FILES, FILES)


def test_a_sweeper_killed_between_claim_and_commit_leaves_everything_to_the_next(overdue: ClonedDatabase) -> None:
    claimed, go_on = threading.Event(), threading.Event()

    def dying() -> None:
        with system("sweep") as actor:
            assert sweep_batch(actor=actor, now=LATE).climbed == FILES
            claimed.set()
            go_on.wait(60)

    thread, failures = in_thread(dying)
    assert claimed.wait(60)
    assert sweep(LATE) == 0  # what is claimed is skipped, not waited for
    with psycopg.connect(overdue.superuser, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND state = 'idle in transaction'"
        )
    go_on.set()
    thread.join()
    assert [type(failure) for failure in failures] == [OperationalError]
    assert told(overdue) == (0, 0, 0)
    assert sweep(LATE) == FILES
    assert told(overdue) == (FILES, FILES, FILES)
