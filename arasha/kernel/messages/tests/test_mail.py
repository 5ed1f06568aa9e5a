"""Letters leave after the commit, wait for a silent server, come once, and say nothing about a child."""

import smtplib
import socket
import threading
import uuid
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from arasha.kernel.access.models import Bar, User
from arasha.kernel.access.tests import cast
from arasha.kernel.messages import actions, queries, rules
from arasha.kernel.messages.models import Mail
from arasha.kernel.messages.tests.test_notices import LINK, bar, opened
from arasha.kernel.messages.worker import run_queue
from tests.database import ClonedDatabase, as_owner

NOW = datetime(2026, 3, 20, 18, 50, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _server(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.ADDRESS = "https://arasha.example"
    mail.outbox = []


@pytest.fixture
def unblocked(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        yield


@pytest.fixture
def inspector(db: None) -> cast.Person:
    with cast.building():
        return with_address(cast.make_person(cast.make_unit("police", "juvenile_inspection")))


def with_address(person: cast.Person, language: str = "ru") -> cast.Person:
    User.objects.filter(pk=person.user_id).update(email=f"u{person.user_id}@example.kz", language=language)
    return person


def tell(person: cast.Person, times: int = 1, **more: Any) -> None:
    actor = person.enter()
    for _ in range(times):
        actions.notify(actor=actor, code="new_duty", link=LINK, now=NOW, units=[person.unit_id], **more)


def pass_time() -> None:
    """Let the pause before the next try be over."""
    with as_owner():
        Mail.objects.filter(ended_at=None).update(next_try_at=datetime(2020, 1, 1, tzinfo=UTC))


def outcomes() -> list[str]:
    with as_owner():
        return list(Mail.objects.order_by("pk").values_list("outcome", flat=True))


def round_of_mail() -> int:
    actions.spread()
    return actions.post_mail()


def test_several_notices_become_one_letter_in_the_persons_language(inspector: cast.Person) -> None:
    tell(inspector, times=3)
    assert round_of_mail() == 1
    (letter,) = mail.outbox
    assert letter.to == [f"u{inspector.user_id}@example.kz"]
    assert letter.subject == "Араша: вас ждёт работа (уведомлений: 3)"
    assert letter.body.count("Вашему подразделению назначена новая обязанность.") == 3
    assert letter.body.count("https://arasha.example/messages/") == 3
    assert "5c2b" not in letter.body + letter.subject
    assert round_of_mail() == 0
    assert outcomes() == ["sent"] * 3


def test_a_long_list_is_cut_to_a_figure() -> None:
    letter = rules.letter([("new_duty", str(uuid.uuid4()))] * 23, language="en", address="https://a.example")
    assert letter.body.count("Your unit has a new obligation.") == 20
    assert "And 3 notices more:\nhttps://a.example/messages/\n" in letter.body


def test_a_server_that_is_down_for_a_day_loses_nothing_and_doubles_nothing(
    inspector: cast.Person, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", closed_port()
    for _hour in range(24):
        tell(inspector)
        assert round_of_mail() == 0
        pass_time()
    assert "does not take mail" in caplog.text
    assert f"u{inspector.user_id}@" not in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert round_of_mail() == 1
    assert round_of_mail() == 0
    links = Counter(line for line in mail.outbox[0].body.splitlines() if "/messages/" in line)
    assert max(links.values()) == 1
    assert "ещё 4" in mail.outbox[0].body
    assert outcomes() == ["sent"] * 24


def test_the_pause_between_tries_grows_to_an_hour(inspector: cast.Person, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", closed_port()
    tell(inspector)
    actions.spread()
    pauses = []
    for _ in range(9):
        actions.post_mail()
        with as_owner(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT round(extract(epoch FROM next_try_at - clock_timestamp()) / 60)::int FROM message_mail"
            )
            pauses.append(round(cursor.fetchone()[0]))
        pass_time()
    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_without_a_server_everything_waits_in_the_application(inspector: cast.Person, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    tell(inspector)
    assert round_of_mail() == 0
    assert queries.unread(inspector.enter(), now=NOW) == 1
    settings.EMAIL_HOST = "mail.example"
    assert round_of_mail() == 1


def test_what_was_read_meanwhile_is_not_sent(inspector: cast.Person) -> None:
    tell(inspector)
    actions.spread()
    actions.mark_all_read(actor=inspector.enter(), now=NOW)
    assert round_of_mail() == 0
    assert outcomes() == ["read"]


def test_who_was_barred_meanwhile_gets_no_letter(inspector: cast.Person) -> None:
    dossier = opened()
    tell(inspector, dossier=dossier)
    actions.spread()
    bar(dossier, inspector)
    assert round_of_mail() == 0
    assert outcomes() == ["not_meant"]
    assert mail.outbox == []


def test_the_staff_of_a_barred_body_get_no_letter_either(inspector: cast.Person) -> None:
    dossier = opened()
    with cast.building():
        Bar.objects.create(dossier_id=dossier, body_id=inspector.body_id, since=NOW, reason="institution_concerned")
    tell(inspector, dossier=dossier)
    assert round_of_mail() == 0
    assert outcomes() == []


def test_who_has_left_the_post_or_has_no_address_gets_no_letter(inspector: cast.Person) -> None:
    tell(inspector)
    actions.spread()
    with as_owner():
        User.objects.filter(pk=inspector.user_id).update(email="")
    assert round_of_mail() == 0
    assert outcomes() == ["no_address"]
    tell(inspector)
    with as_owner():
        User.objects.filter(pk=inspector.user_id).update(is_active=False)
    assert round_of_mail() == 0
    assert outcomes() == ["no_address"]


class Refusing(EmailBackend):
    """A server that refuses one address for good."""

    def send_messages(self, messages: Sequence[mail.EmailMessage]) -> int:
        if messages[0].to == ["gone@example.kz"]:
            raise smtplib.SMTPRecipientsRefused({"gone@example.kz": (550, b"no such user")})
        return super().send_messages(messages)


def test_an_address_refused_for_good_is_given_up_and_stops_nobody_else(inspector: cast.Person, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    with cast.building():
        gone = cast.make_person(cast.make_unit("school", "education_school"))
        User.objects.filter(pk=gone.user_id).update(email="gone@example.kz")
    tell(gone)
    tell(inspector)
    assert round_of_mail() == 1
    assert sorted(outcomes()) == ["refused", "sent"]


def test_a_letter_carries_a_key_that_a_repeated_one_repeats(inspector: cast.Person) -> None:
    tell(inspector)
    round_of_mail()
    with as_owner():
        Mail.objects.update(ended_at=None, outcome="")  # as if killed between "accepted" and our commit
    pass_time()
    round_of_mail()
    keys = [letter.extra_headers["Message-ID"] for letter in mail.outbox]
    assert keys[0] == keys[1]


def test_a_rolled_back_notice_is_never_sent_and_a_committed_one_is(
    cloned_database: ClonedDatabase, unblocked: None
) -> None:
    (inspector,) = commit_people(cloned_database, 1)
    with cloned_database.as_default():
        with transaction.atomic():
            tell(inspector)
            transaction.set_rollback(True)
        with transaction.atomic():
            tell(inspector)
        run_queue("ordinary", wait=False)
        assert len(mail.outbox) == 1
        assert mail.outbox[0].body.count("/messages/") == 1


def test_four_workers_send_each_notice_once(cloned_database: ClonedDatabase, unblocked: None) -> None:
    people = commit_people(cloned_database, 6)
    with cloned_database.as_default():
        for person in people:
            with transaction.atomic():
                tell(person, times=5)
        threads = [threading.Thread(target=work_once) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        links = Counter(line for letter in mail.outbox for line in letter.body.splitlines() if "/messages/" in line)
        assert len(links) == 30
        assert set(links.values()) == {1}


def work_once() -> None:
    try:
        actions.spread()
        actions.post_mail()
    finally:
        connection.close()


def commit_people(database: ClonedDatabase, count: int) -> list[cast.Person]:
    """People of one unit each, built on the owner's login."""
    with replace(database, app=database.owner).as_default(), transaction.atomic(), cast.recording():
        units = [cast.make_unit(f"unit {number}", "juvenile_inspection") for number in range(count)]
        return [with_address(cast.make_person(unit)) for unit in units]


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
