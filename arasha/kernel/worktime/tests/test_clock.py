"""The instance's kind and its clock: what the database itself refuses."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from arasha.kernel.worktime import actions, policy, queries
from tests.database import as_owner, as_role

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 18, 50, tzinfo=UTC)


def declare(kind: str) -> None:
    with as_owner():
        actions.declare_instance(kind=kind, actor=policy.INSTALLATION, now=NOW, using="default")


def run(statement: str) -> list[tuple[object, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return list(cursor.fetchall()) if cursor.description else []


@contextmanager
def refused(sqlstate: str) -> Iterator[None]:
    with pytest.raises(DatabaseError) as caught:
        yield
    assert getattr(caught.value.__cause__, "sqlstate", None) == sqlstate


def test_a_database_that_nobody_declared_says_so() -> None:
    with pytest.raises(queries.InstanceUndeclared):
        queries.instance_kind()


@pytest.mark.parametrize("kind", ["training", "demonstration", "production"])
def test_the_kind_is_read_by_every_role(kind: str) -> None:
    declare(kind)
    assert queries.instance_kind() == kind
    for role in ("arasha_app", "arasha_public", "arasha_reader"):
        with as_role(role):
            assert run("SELECT worktime.instance_kind()") == [(kind,)]


def test_declaring_again_is_the_same_kind_or_an_error() -> None:
    declare("training")
    declare("training")
    with pytest.raises(actions.AlreadyDeclared):
        declare("production")


def test_an_unknown_kind_and_an_ordinary_actor_are_refused() -> None:
    with pytest.raises(ValueError, match="toy"):
        declare("toy")
    with pytest.raises(policy.NotAllowed):
        actions.declare_instance(kind="training", actor=policy.Installation(kind="user"), now=NOW, using="default")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE worktime_instance SET kind = 'training'",
        "DELETE FROM worktime_instance",
        "TRUNCATE worktime_instance",
    ],
)
def test_the_kind_is_written_once_even_for_the_owner(statement: str) -> None:
    declare("production")
    with as_owner(), refused("AR403"):
        run(statement)
    with refused("42501"):
        run(statement)


@pytest.mark.parametrize("role", ["arasha_app", "arasha_public", "arasha_reader", "arasha_definer"])
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO worktime_instance VALUES (1, 'training', now())",
        "DELETE FROM worktime_clock",
        "DELETE FROM worktime_day",
        "UPDATE worktime_day SET kind = 'ordinary'",
        "ALTER TABLE worktime_instance DISABLE TRIGGER ALL",
    ],
)
def test_no_serving_role_writes_time_by_itself(role: str, statement: str) -> None:
    with as_role(role), refused("42501"):
        run(statement)


def test_the_training_clock_moves_both_languages_of_time() -> None:
    declare("training")
    with time_machine.travel(NOW, tick=False):
        assert queries.domain_now() == NOW
        then = actions.advance_clock(by=timedelta(days=6), actor=policy.INSTALLATION, now=queries.domain_now())
        assert then == queries.domain_now() == NOW + timedelta(days=6)
        actions.set_clock(to=NOW + timedelta(days=7), actor=policy.INSTALLATION, now=queries.domain_now())
        assert queries.domain_now() == NOW + timedelta(days=7)
    assert run("SELECT worktime.now() - now()") == [(timedelta(days=7),)]


def test_the_clock_does_not_go_back_nor_out_of_sight() -> None:
    declare("demonstration")
    actions.advance_clock(by=timedelta(days=2), actor=policy.INSTALLATION, now=queries.domain_now())
    for by in (timedelta(days=-1), timedelta(days=4000)):
        with pytest.raises(actions.ClockRefused):
            actions.advance_clock(by=by, actor=policy.INSTALLATION, now=queries.domain_now())
    with as_owner():
        for statement in ("UPDATE worktime_clock SET ahead_seconds = 0", "DELETE FROM worktime_clock"):
            with refused("AR409"):
                run(statement)
        with refused("AR409"):
            run("TRUNCATE worktime_clock")
    assert queries.clock_ahead() == timedelta(days=2)


def test_the_clock_begins_in_the_past_with_the_declaration_and_goes_forward_from_there() -> None:
    behind = timedelta(days=56)
    with as_owner():
        actions.declare_instance(kind="training", actor=policy.INSTALLATION, now=NOW, behind=behind, using="default")
    assert queries.clock_ahead() == -behind
    actions.advance_clock(by=timedelta(days=6), actor=policy.INSTALLATION, now=queries.domain_now())
    assert queries.clock_ahead() == timedelta(days=-50)
    with pytest.raises(actions.ClockRefused):
        actions.advance_clock(by=timedelta(seconds=-1), actor=policy.INSTALLATION, now=queries.domain_now())
    with as_owner(), refused("AR409"):
        run("UPDATE worktime_clock SET ahead_seconds = ahead_seconds - 1")


def test_a_clock_does_not_begin_in_the_past_once_the_instance_is_declared() -> None:
    declare("training")
    with pytest.raises(actions.ClockRefused):
        actions.advance_clock(by=timedelta(days=-1), actor=policy.INSTALLATION, now=queries.domain_now())
    with refused("AR409"):
        run("SELECT worktime.set_clock(-60)")
    with as_owner(), refused("AR409"):
        run("INSERT INTO worktime_clock (id, ahead_seconds) VALUES (1, -60)")
    assert queries.clock_ahead() == timedelta(0)


def test_a_real_instance_begins_at_the_present() -> None:
    with as_owner():
        actions.declare_instance(
            kind="production", actor=policy.INSTALLATION, now=NOW, behind=timedelta(days=5), using="default"
        )
    assert queries.clock_ahead() == timedelta(0)


@pytest.mark.parametrize("kind", ["production", ""])
def test_a_real_or_undeclared_instance_has_no_clock(kind: str) -> None:
    if kind:
        declare(kind)
    with pytest.raises(actions.ClockRefused):
        actions.advance_clock(by=timedelta(days=1), actor=policy.INSTALLATION, now=NOW)
    with refused("AR403"):
        run("SELECT worktime.set_clock(60)")
    with as_owner(), refused("AR403"):
        run("INSERT INTO worktime_clock VALUES (1, 60)")


def test_production_ignores_a_clock_that_came_from_elsewhere() -> None:
    with as_owner():
        run("ALTER TABLE worktime_clock DISABLE TRIGGER ALL")
        run("INSERT INTO worktime_clock VALUES (1, 86400)")
        run("ALTER TABLE worktime_clock ENABLE TRIGGER ALL")
    declare("production")
    assert run("SELECT worktime.now() - now()") == [(timedelta(0),)]
    assert queries.clock_ahead() == timedelta(0)


def test_who_is_not_signed_in_does_not_move_the_clock() -> None:
    declare("training")
    with pytest.raises(policy.NotAllowed):
        actions.advance_clock(by=timedelta(days=1), actor=policy.Installation(kind="public"), now=NOW)
    with as_role("arasha_public"), refused("42501"):
        run("SELECT worktime.set_clock(60)")
