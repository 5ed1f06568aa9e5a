"""Readiness notices what stands still, and tells strangers no more than that."""

from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from arasha.kernel.messages import actions as messages
from arasha.web import queries
from tests.database import as_owner


@pytest.fixture
def working(db: None, settings: Any) -> None:
    """An installation in which everything ran just now."""
    settings.EMAIL_HOST = "mail.example"
    for timer in queries.timers():
        messages.note_run(timer=timer)


def ready() -> tuple[int, dict[str, Any]]:
    answer = Client().get("/-/ready")
    body: dict[str, Any] = answer.json()
    return answer.status_code, body


def sql(statement: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.usefixtures("working")
def test_an_installation_that_works_is_ready() -> None:
    status, body = ready()
    assert (status, body["status"]) == (200, "ok")
    assert set(body["components"]) >= {"database", "migrations", "reap", "seals", "queue", "mail"}
    assert set(body["components"].values()) == {"ok"}


@pytest.mark.usefixtures("working")
@pytest.mark.parametrize(
    ("component", "statement"),
    [
        ("reap", "UPDATE message_pulse SET ended_at = ended_at - interval '6 minutes' WHERE timer = 'reap'"),
        ("reap", "DELETE FROM message_pulse"),
        ("migrations", "DELETE FROM django_migrations WHERE app = 'message' AND name = '0001_queue'"),
        (
            "queue",
            "INSERT INTO procrastinate_jobs (queue_name, task_name, scheduled_at)"
            " VALUES ('timers', 'sweep', now() - interval '4 minutes')",
        ),
        (
            "queue",
            "INSERT INTO procrastinate_jobs (queue_name, task_name, scheduled_at)"
            " VALUES ('ordinary', 'deliver', now() - interval '16 minutes')",
        ),
    ],
)
def test_what_stands_still_is_named(component: str, statement: str) -> None:
    sql(statement)
    status, body = ready()
    assert status == 503
    assert body["components"][component] == "not ok"


@pytest.mark.usefixtures("working")
def test_a_job_of_the_future_does_not_count_as_waiting() -> None:
    sql(
        "INSERT INTO procrastinate_jobs (queue_name, task_name, scheduled_at)"
        " VALUES ('ordinary', 'deliver', now() + interval '1 day')"
    )
    assert ready()[0] == 200


@pytest.mark.usefixtures("working")
def test_a_missing_mail_server_is_said_and_keeps_nobody_away(settings: Any) -> None:
    settings.EMAIL_HOST = ""
    status, body = ready()
    assert (status, body["components"]["mail"]) == (200, "off")


@pytest.mark.usefixtures("working")
@pytest.mark.parametrize(("minutes", "said"), [(1, "ok"), (3, "not ok")])
def test_what_the_public_told_and_nobody_opened_is_said_and_keeps_nobody_away(minutes: int, said: str) -> None:
    sql("INSERT INTO doors_mailbox (id) VALUES ('00000000-0000-4000-8000-000000000001')")
    sql(
        "INSERT INTO doors_letter (id, kind, version, sealed, mailbox_id, received_at, tries, due_at)"
        f" SELECT id, 'tell', 1, '', id, worktime.now() - interval '{minutes} minutes', 9, worktime.now()"
        " FROM doors_mailbox"
    )
    status, body = ready()
    assert (status, body["components"]["letters"]) == (200, said)


@pytest.mark.django_db
def test_a_database_that_is_away_is_told_without_a_word_of_why(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> bool:
        raise OperationalError("connection to server on socket failed for user arasha_app")

    monkeypatch.setattr(queries, "migrated", refuse)
    assert ready() == (503, {"status": "not ok", "components": {"database": "not ok"}})


def test_live_asks_no_database() -> None:
    assert Client().get("/-/live").content == b"ok\n"  # pytest-django refuses a query here
