"""Requests that meet: the same one twice at once, and a token revoked while something still runs with it."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.db import connections, transaction
from pytest_django import DjangoDbBlocker

from arasha.kernel.exchange import actions
from arasha.kernel.exchange.tests.cast import System, make_system
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT
from tests.database import ClonedDatabase

REPORT = {"territory": DISTRICT, "concerns": ["physical"], "safe_now": "unknown", "suspect_has_access": "yes"}


@dataclass
class Place:
    """A database in which requests commit, and the polyclinic's system."""

    database: ClonedDatabase
    clinic: System

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """Ask as the superuser."""
        with psycopg.connect(self.database.superuser, autocommit=True) as superuser:
            cursor = superuser.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []


@pytest.fixture
def place(cloned_database: ClonedDatabase, django_db_blocker: DjangoDbBlocker) -> Iterator[Place]:
    """Build the district and let it stay."""
    with django_db_blocker.unblock():
        with replace(cloned_database, app=cloned_database.owner).as_default(), transaction.atomic():
            district = cast.make_district()
            with cast.building():
                clinic = make_system(district.doctor.unit.pk, "health_care")
        with cloned_database.as_default():
            yield Place(cloned_database, clinic)


def in_threads(*works: Any) -> None:
    """Do some work at once, each on connections of its own."""

    def alone(work: Any) -> None:
        try:
            work()
        finally:
            connections.close_all()

    threads = [threading.Thread(target=alone, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)


def test_the_same_report_by_many_hands_at_once_is_told_once(place: Place) -> None:
    key, answers = str(uuid4()), []
    start = threading.Barrier(4)

    def tell() -> None:
        start.wait(10)
        answers.append(place.clinic.post("/signals", REPORT, key=key))

    in_threads(*[tell] * 4)
    done = [answer for answer in answers if answer.status_code == 201]
    assert {answer.json()["code"] for answer in answers if answer not in done} <= {"in_flight"}
    assert len({answer.content for answer in done}) == 1
    assert place.clinic.post("/signals", REPORT, key=key).content == done[0].content
    assert place.rows("SELECT count(*) FROM signals_signal") == [(1,)]


def test_a_token_revoked_while_it_is_used_ends_after_what_it_does_and_before_anything_else(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside, go_on = threading.Event(), threading.Event()
    happened: list[int] = []
    found: list[tuple[int]] = []
    keep = actions.keep_answer

    def slowly(**what: Any) -> None:
        inside.set()
        go_on.wait(30)
        keep(**what)

    def tell() -> None:
        happened.append(place.clinic.post("/signals", REPORT).status_code)

    def revoke() -> None:
        inside.wait(30)
        with psycopg.connect(place.database.superuser) as superuser:
            threading.Timer(0.5, go_on.set).start()
            superuser.execute("SELECT exchange.end_token(id) FROM exchange_token")
            # Asked after the revoking has answered: whatever the token was doing is over and kept.
            found.extend(superuser.execute("SELECT count(*) FROM signals_signal").fetchall())

    monkeypatch.setattr(actions, "keep_answer", slowly)
    in_threads(tell, revoke)
    assert (happened, found) == ([201], [(1,)])
    assert place.clinic.post("/signals", REPORT).status_code == 401
    assert place.rows("SELECT count(*) FROM signals_signal") == [(1,)]


def test_an_answer_lost_on_its_way_is_given_again_and_an_error_leaves_nothing(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = str(uuid4())
    with monkeypatch.context() as patch:

        def fall(**_: Any) -> None:
            raise RuntimeError

        patch.setattr(actions, "keep_answer", fall)
        assert place.clinic.post("/signals", REPORT, key=key).status_code == 500
    assert place.rows("SELECT count(*) FROM signals_signal") == [(0,)]
    place.clinic.post("/signals", REPORT, key=key)  # committed; nobody reads the answer
    again = place.clinic.post("/signals", REPORT, key=key)
    assert (again.status_code, again.headers["Idempotency-Replayed"]) == (201, "true")
    assert place.rows("SELECT count(*) FROM signals_signal") == [(1,)]
