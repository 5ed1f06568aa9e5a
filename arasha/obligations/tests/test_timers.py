"""The clock's tasks as the worker runs them: twice changes nothing, and many at once do each thing once."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.conf import settings
from django.db import connections, transaction
from procrastinate.contrib.django import app
from pytest_django import DjangoDbBlocker

from arasha.kernel.access.models import Post
from arasha.obligations import tasks
from arasha.obligations.actions import suspend
from arasha.obligations.tests import cast
from tests.cluster import Cluster
from tests.database import ClonedDatabase, use, use_for_rollback

HOUR = timedelta(hours=1)
FILES = 12
AT_ONCE = 3


@pytest.fixture
def waiting(
    cluster: Cluster, cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker
) -> Iterator[ClonedDatabase]:
    """Twelve duties whose suspension is over and twelve notices that reached nobody for an hour, committed."""
    now = datetime.now(UTC)
    with django_db_blocker.unblock(), cloned_database.as_default():
        use_for_rollback(cluster, cloned_database.name)
        with transaction.atomic():
            district = cast.make_district()
            six = cast.make_six()
            with cast.building():
                Post.objects.filter(pk=six.guardian.post).update(holder=None)
            for _ in range(FILES):
                row = cast.report(district, at=now - 3 * HOUR)
                lead, then = district.coordinator.enter(), now - 2 * HOUR
                suspend(actor=lead, obligation=row.id, until=now - HOUR, reason="in_hospital", now=then)
                cast.report_to_six(district, now=now - HOUR)
        connections["default"].close()
        del connections["default"]
        use(settings.DATABASES["default"], cloned_database.app)
        yield cloned_database


def count(database: ClonedDatabase, verb: str) -> int:
    with psycopg.connect(database.superuser, autocommit=True) as superuser:
        row = superuser.execute("SELECT count(*) FROM journal_act WHERE verb = %s", [verb]).fetchone()
    return int(row[0]) if row else 0


def at_once(task: Callable[[int], None]) -> None:
    """Run a task in threads of their own, as workers do that tick together."""

    def run(_number: int) -> None:
        try:
            task(0)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(run, range(AT_ONCE)))


@pytest.mark.parametrize(
    ("task", "verb"), [(tasks.resume_duties, "resume_obligation"), (tasks.check_notices, "miss_notice")]
)
def test_ticks_that_meet_do_each_thing_once_and_the_next_finds_nothing(
    waiting: ClonedDatabase, task: Callable[[int], None], verb: str
) -> None:
    assert count(waiting, verb) == 0
    at_once(task)
    assert count(waiting, verb) == FILES
    task(0)
    assert count(waiting, verb) == FILES


def test_every_timer_of_duties_is_run_each_minute() -> None:
    timers = {name: one.cron for (name, _number), one in app.periodic_registry.periodic_tasks.items()}
    assert {timers[name] for name in ("sweep", "resume_duties", "check_notices")} == {"* * * * *"}
