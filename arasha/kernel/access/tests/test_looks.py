"""Every look is written down, and too many different children a day are asked about."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django.fixtures import Settings

from arasha.kernel.access import looks
from arasha.kernel.access.actions import LookNotRecorded, confirm_budget, record_look
from arasha.kernel.access.models import Budget, Look, Unit
from arasha.kernel.access.rules import Actor, Conflict, Facet, Refused
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from tests.database import ClonedDatabase

NOW = datetime.now(UTC)
ALMATY = ZoneInfo("Asia/Almaty")


@pytest.fixture
def teacher(db: None) -> Person:
    with cast.building():
        above = cast.make_unit("department", "education_department")
        return cast.make_person(cast.make_unit("school", "education_school", parent=above))


def look(person: Person, dossier: uuid.UUID | None = None) -> looks.Looked:
    return record_look(actor=person.enter(), now=NOW, kind="open", dossier=dossier or uuid.uuid4())


def test_a_look_says_who_when_what_and_is_hashed(teacher: Person) -> None:
    dossier = uuid.uuid4()
    assert look(teacher, dossier).outcome == "shown"
    found = Look.objects.get(dossier=dossier)
    assert (found.user, found.post, found.unit) == (teacher.user_id, teacher.post_id, teacher.unit_id)
    assert len(found.hash) == 32


def test_a_refused_try_is_written_and_counts_no_child(teacher: Person) -> None:
    record_look(actor=teacher.enter(), now=NOW, kind="open", dossier=uuid.uuid4(), refused=True)
    assert Look.objects.get().outcome == "refused"
    assert not Budget.objects.exists()


def test_the_same_child_counts_once_a_day(teacher: Person) -> None:
    dossier = uuid.uuid4()
    assert [look(teacher, dossier).count for _ in range(3)] == [1, 1, 1]
    assert look(teacher).count == 2


def test_three_times_the_posts_usual_alerts_and_the_limit_stops_until_the_unit_above_confirms(teacher: Person) -> None:
    with cast.building():
        for days in range(1, 8):
            Budget.objects.create(
                user_id=teacher.user_id, day=NOW.astimezone(ALMATY).date() - timedelta(days=days), dossiers=9
            )
    outcomes = [look(teacher).outcome for _ in range(41)]
    assert outcomes == ["shown"] * 27 + ["alert"] * 13 + ["stopped"]
    with cast.acting(teacher), pytest.raises(Refused):
        confirm_budget(user_id=teacher.user_id, limit=40)
    with cast.building():
        parent = Unit.objects.get(pk=teacher.unit_id).parent
        assert parent is not None
        supervisor = cast.make_person(parent)
    with cast.acting(supervisor):
        confirm_budget(user_id=teacher.user_id, limit=40)
        with pytest.raises(Conflict):
            confirm_budget(user_id=teacher.user_id, limit=40)
    assert look(teacher).outcome == "alert"


def test_an_entry_can_not_be_forged_without_the_applications_key(teacher: Person, settings: Settings) -> None:
    settings.SECRET_KEY = "a guess"
    with pytest.raises(LookNotRecorded):
        record_look(actor=teacher.enter(), now=NOW, kind="facet", dossier=uuid.uuid4(), facet=Facet.INTERVIEW)
    assert not Look.objects.exists()


def test_the_log_can_not_be_changed_even_by_the_owner(teacher: Person) -> None:
    look(teacher)
    for statement in ("UPDATE access_look SET user_id = 1", "DELETE FROM access_look", "TRUNCATE access_look"):
        with pytest.raises(DatabaseError), cast.building(), connection.cursor() as cursor:
            cursor.execute(statement)


@contextmanager
def broken() -> Iterator[Any]:
    raise psycopg.OperationalError("gone")
    yield


def test_when_the_log_can_not_be_written_an_ordinary_page_is_shown_and_a_sealed_one_is_not(
    teacher: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "channel", broken)
    assert look(teacher).outcome == "shown"
    for kind, facet in (("facet", Facet.REPORTER), ("export", None)):
        with pytest.raises(LookNotRecorded):
            record_look(actor=teacher.enter(), now=NOW, kind=kind, dossier=uuid.uuid4(), facet=facet)


def test_a_rollback_keeps_the_look(
    cloned_database: ClonedDatabase, unblocked: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "channel", looks.own_connection)
    with cloned_database.as_default():
        with psycopg.connect(cloned_database.superuser) as superuser:
            superuser.execute(
                "INSERT INTO access_user (login, name, email, language, password, is_active) "
                "VALUES ('u', 'u', '', 'kk', '!', true)"
            )
        actor = Actor(kind="user", user_id=1, functions=frozenset({"health_care"}))
        with transaction.atomic():
            record_look(actor=actor, now=NOW, kind="open", dossier=uuid.uuid4())
            transaction.set_rollback(True)
        looks._local.connection.close()
    with psycopg.connect(cloned_database.superuser) as superuser:
        found = superuser.execute("SELECT outcome FROM access_look").fetchall()
    assert found == [("shown",)]
