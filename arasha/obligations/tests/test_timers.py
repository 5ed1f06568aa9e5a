"""The timers that let time run again and look at notices: several at once, one that dies half way, each thing once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from procrastinate.contrib.django import app
from pytest_django import DjangoDbBlocker

from arasha.kernel.access.actions import enter_system, until_none
from arasha.kernel.access.models import Post
from arasha.obligations import tasks
from arasha.obligations.actions import check_notices, resume_due, suspend
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from arasha.obligations.tests.committed import all_at_once, committed, counted, killed_before_its_end
from tests.cluster import Cluster
from tests.database import ClonedDatabase

HOUR = timedelta(hours=1)
FILES = 8
RUNS_AGAIN = NOW + 10 * HOUR
NEARLY_AN_HOUR = NOW + timedelta(minutes=55)
RESUMED = "SELECT count(*) FROM journal_act WHERE verb = 'resume_obligation'"
STANDING = "SELECT count(*) FROM obligations_obligation WHERE state = 'suspended'"
MISSED = "SELECT count(*) FROM journal_act WHERE verb = 'miss_notice'"
UNDELIVERED = "SELECT count(*) FROM obligations_obligation WHERE undelivered_at IS NOT NULL"


def suspended(at: datetime, until: datetime) -> None:
    """Report in several files and let the coordinator suspend what each asks for."""
    district = cast.make_district()
    for _file in range(FILES):
        row = cast.report(district, at=at)
        actor = district.coordinator.enter()
        suspend(actor=actor, obligation=row.id, until=until, reason="in_hospital", now=at + HOUR)


def unmanned(at: datetime) -> int:
    """Report in several files to six bodies, in one of which nobody works; returns the coordination's unit."""
    district, six = cast.make_district(), cast.make_six()
    with cast.building():
        Post.objects.filter(pk=six.guardian.post).update(holder=None)
    for _file in range(FILES):
        cast.report_to_six(district, now=at, from_moment=at)
    return district.coordinator.unit.pk


@pytest.fixture
def standing(
    cluster: Cluster, cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker
) -> Iterator[ClonedDatabase]:
    """Duties whose time stands still, committed."""
    with django_db_blocker.unblock(), committed(cluster, cloned_database, lambda: suspended(NOW, RUNS_AGAIN)):
        yield cloned_database


@pytest.fixture
def unread(
    cluster: Cluster, cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker
) -> Iterator[tuple[ClonedDatabase, int]]:
    """Notices to a unit in which nobody works, committed; and the coordination that must be told."""
    with django_db_blocker.unblock(), committed(cluster, cloned_database, lambda: unmanned(NOW)) as coordination:
        yield cloned_database, coordination


def told(database: ClonedDatabase, coordination: int, code: str) -> int:
    return counted(database, f"SELECT count(*) FROM message_notice WHERE code = '{code}' AND unit_id = {coordination}")


def test_three_clocks_at_once_let_each_duty_run_again_once(standing: ClonedDatabase) -> None:
    assert tasks.resume(RUNS_AGAIN - timedelta(microseconds=1)) == 0
    assert all_at_once(lambda: tasks.resume(RUNS_AGAIN), 3) == [[], [], []]
    assert (counted(standing, RESUMED), counted(standing, STANDING)) == (FILES, 0)
    moved = "SELECT count(*) FROM obligations_obligation WHERE due_now = due_at + interval '9 hours'"
    assert counted(standing, moved) == FILES  # from one hour on until it ran again, counted once
    assert tasks.resume(RUNS_AGAIN + HOUR) == 0


def test_a_clock_that_dies_while_it_lets_time_run_again_leaves_everything_to_the_next(standing: ClonedDatabase) -> None:
    def half() -> None:
        assert resume_due(actor=enter_system("resume_duties"), now=RUNS_AGAIN) == FILES

    others: list[int] = []
    killed_before_its_end(standing, half, meanwhile=lambda: others.append(tasks.resume(RUNS_AGAIN)))
    assert others == [0]
    assert (counted(standing, RESUMED), counted(standing, STANDING)) == (0, FILES)
    assert tasks.resume(RUNS_AGAIN) == FILES
    assert (counted(standing, RESUMED), counted(standing, STANDING)) == (FILES, 0)


def test_batch_after_batch_runs_again_until_nothing_stands(standing: ClonedDatabase) -> None:
    by_three = until_none(lambda actor, now: resume_due(actor=actor, now=now, limit=3), "resume_duties", RUNS_AGAIN)
    assert (by_three, counted(standing, STANDING)) == (FILES, 0)


def test_three_clocks_at_once_tell_of_each_undelivered_notice_once(unread: tuple[ClonedDatabase, int]) -> None:
    database, coordination = unread
    assert tasks.look_at_notices(NEARLY_AN_HOUR - timedelta(microseconds=1)) == 0
    assert all_at_once(lambda: tasks.look_at_notices(NEARLY_AN_HOUR), 3) == [[], [], []]
    assert (counted(database, MISSED), counted(database, UNDELIVERED)) == (FILES, FILES)
    assert told(database, coordination, "notice_missed") == FILES
    assert tasks.look_at_notices(NEARLY_AN_HOUR + HOUR) == 0


def test_a_clock_that_dies_over_undelivered_notices_has_told_nobody_and_the_next_tells_all(
    unread: tuple[ClonedDatabase, int],
) -> None:
    database, coordination = unread

    def half() -> None:
        assert check_notices(actor=enter_system("check_notices"), now=NEARLY_AN_HOUR) == FILES

    others: list[int] = []
    killed_before_its_end(database, half, meanwhile=lambda: others.append(tasks.look_at_notices(NEARLY_AN_HOUR)))
    assert others == [0]
    assert (counted(database, MISSED), told(database, coordination, "notice_missed")) == (0, 0)
    assert tasks.look_at_notices(NEARLY_AN_HOUR) == FILES
    assert (counted(database, MISSED), told(database, coordination, "notice_missed")) == (FILES, FILES)


def test_the_timers_themselves_go_by_the_clock_of_the_instance(
    cluster: Cluster, cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker
) -> None:
    began = datetime.now(UTC) - 5 * HOUR
    with django_db_blocker.unblock(), committed(cluster, cloned_database, lambda: suspended(began, began + 2 * HOUR)):
        tasks.resume_duties(0)
        assert (counted(cloned_database, RESUMED), counted(cloned_database, STANDING)) == (FILES, 0)


def test_the_timer_of_notices_goes_by_it_too(
    cluster: Cluster, cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker
) -> None:
    began = datetime.now(UTC) - HOUR
    with django_db_blocker.unblock(), committed(cluster, cloned_database, lambda: unmanned(began)) as coordination:
        tasks.check_notices(0)
        assert told(cloned_database, coordination, "notice_missed") == FILES


def test_every_timer_of_duties_is_run_each_minute() -> None:
    timers = {name: one.cron for (name, _number), one in app.periodic_registry.periodic_tasks.items()}
    assert {timers[name] for name in ("sweep", "resume_duties", "check_notices")} == {"* * * * *"}
