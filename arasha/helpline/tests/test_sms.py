"""Short messages through a real small gateway: signed in, once; out in order, tried again; nothing after "stop"."""

import json
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from pytest_django import Settings

from arasha.helpline import actions, queries, tasks
from arasha.helpline.models import Contact, Message, SmsLine, SmsSending
from arasha.helpline.policy import NotAllowed
from arasha.helpline.rules import sms
from arasha.helpline.tests.gateway import Gateway
from arasha.helpline.tests.line import Line, as_nobody, clock
from arasha.kernel.access.actions import system
from arasha.kernel.exchange.rules import signatures

pytestmark = [pytest.mark.django_db, pytest.mark.urls("arasha.helpline.gateway_urls")]
NOW = datetime.fromisoformat("2026-11-26T10:00:00+00:00")
SECRET = signatures.new_secret()
NUMBER = "+77011234567"


@pytest.fixture
def gateway(settings: Settings) -> Iterator[Gateway]:
    """A gateway on loopback, and settings that lead there."""
    server = Gateway()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    settings.ARASHA_SMS_URL = f"http://127.0.0.1:{server.server_address[1]}/messages"
    settings.ARASHA_SMS_TOKEN, settings.ARASHA_SMS_SENDER, settings.ARASHA_SMS_SECRET = "token", "1111", SECRET
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def brought(said: Any, *, secret: str = SECRET, at: float | None = None, **headers: str) -> int:
    """Bring something as the gateway does; return the status."""
    body = said if isinstance(said, bytes) else json.dumps(said, ensure_ascii=False).encode()
    signed = signatures.headers(secret, message_id=uuid4(), timestamp=int(at or time.time()), body=body) | headers
    return Client().post("/", body, content_type="application/json", headers=signed).status_code


def message(words: str, *, number: str = NUMBER, name: str = "") -> dict[str, str]:
    return {"type": "message", "id": name or uuid4().hex, "from": number, "text": words}


def wrote(words: str, **more: str) -> Contact:
    """Let somebody write; return the newest contact."""
    assert brought(message(words, **more)) == 204
    clock()
    return Contact.objects.latest("began_at")


def talking(line: Line, words: str = "Көмектесіңіздерші") -> Contact:
    contact = wrote(words)
    return actions.take_contact(actor=line.above.enter(), contact=contact.pk, now=NOW)


def said(line: Line, contact: Contact, *words: str) -> None:
    for one in words:
        actions.say(actor=line.above.enter(), contact=contact.pk, words=one, ticket=uuid4(), now=NOW)


def deliveries() -> list[str]:
    clock()
    return list(Message.objects.filter(direction="out").order_by("number").values_list("delivery", flat=True))


def test_what_is_written_is_one_contact_and_each_message_is_heard_once(line: Line, gateway: Gateway) -> None:
    first = message("Көмектесіңіздерші")
    assert [brought(first), brought(first), brought(message("Сіздер бар ма?", number="8 (701) 123-45-67"))] == [204] * 3
    assert brought(message("Басқа адам", number="+77017654321")) == 204
    clock()
    contacts = list(Contact.objects.order_by("began_at"))
    assert [(one.channel, one.state) for one in contacts] == [("sms", "waiting")] * 2
    assert Message.objects.filter(contact=contacts[0]).count() == 2
    assert NUMBER[1:] not in contacts[0].external + contacts[0].source


def test_the_number_lies_sealed_and_operators_see_it_masked(line: Line, gateway: Gateway) -> None:
    contact = talking(line)
    line.above.enter()
    shown = queries.line_of(contact)
    assert shown is not None
    assert (shown.masked, shown.stopped) == ("+7701 ••• •• 67", False)
    assert actions.show_number(actor=line.above.enter(), contact=contact.pk, now=NOW) == NUMBER
    with as_nobody(), connection.cursor() as cursor:
        cursor.execute("SELECT verb FROM journal_act WHERE verb = 'show_number'")
        assert cursor.fetchall() == [("show_number",)]
        cursor.execute("SELECT string_agg(t::text, '') FROM (SELECT * FROM helpline_smsline) t")
        assert b"1234567".hex() not in cursor.fetchone()[0]
    line.operator.enter()
    assert queries.line_of(contact) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"secret": signatures.new_secret()},
        {"at": time.time() - 400},
        {"at": time.time() + 4000},
        {"webhook-signature": "v1,AAAA"},
        {"webhook-signature": ""},
        {"webhook-timestamp": "nine"},
        {"webhook-timestamp": "9" * 40},
        {"webhook-id": "another"},
    ],
)
def test_what_the_gateway_did_not_sign_a_moment_ago_is_refused(
    line: Line, gateway: Gateway, wrong: dict[str, Any]
) -> None:
    assert brought(message("Сәлем"), **wrong) == 401
    clock()
    assert not Contact.objects.exists()


def test_without_a_secret_nothing_is_taken_in(line: Line, gateway: Gateway, settings: Settings) -> None:
    for secret in ("", "not base64 at all"):
        settings.ARASHA_SMS_SECRET = secret
        assert brought(message("Сәлем")) == 401
    for guessed in ("whsec_", "whsec_c2hvcnQ="):
        settings.ARASHA_SMS_SECRET = guessed
        assert brought(message("Сәлем"), secret=guessed) == 401


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"{}",
        b"\xff",
        {"type": "message", "id": "1"},
        {"type": "receipt", "id": "1", "state": "lost"},
        {"type": "call", "id": "1", "from": NUMBER, "text": "x"},
        {"type": "message", "id": 5, "from": 1, "text": []},
    ],
)
def test_what_says_nothing_we_know_is_refused(line: Line, gateway: Gateway, body: Any) -> None:
    assert brought(body) == 400


def test_too_much_is_not_read(line: Line, gateway: Gateway) -> None:
    assert brought(message("ұ" * 20_000)) == 413
    assert Client().get("/").status_code == 405


def test_what_is_said_goes_out_as_it_stands_in_order_and_with_a_receipt(line: Line, gateway: Gateway) -> None:
    contact = talking(line)
    said(line, contact, "Сәлем! Қазір жазуға бола ма?", "Асықпаңыз.")
    assert tasks.send_all(NOW) == 1
    assert tasks.send_all(NOW) == 1
    assert tasks.send_all(NOW) == 0
    assert [body["text"] for _headers, body in gateway.taken] == ["Сәлем! Қазір жазуға бола ма?", "Асықпаңыз."]
    headers, body = gateway.taken[0]
    assert (body["to"], body["from"], headers["Authorization"]) == (NUMBER, "1111", "Bearer token")
    assert headers["Idempotency-Key"] == body["id"]
    assert deliveries() == ["sent", "sent"]
    assert brought({"type": "receipt", "id": body["id"], "state": "delivered"}) == 204
    assert brought({"type": "receipt", "id": body["id"], "state": "failed"}) == 204
    assert brought({"type": "receipt", "id": "of another", "state": "failed"}) == 204
    clock()
    assert list(SmsSending.objects.order_by("message__number").values_list("state", flat=True)) == [
        "delivered",
        "handed",
    ]


def test_a_gateway_that_fails_is_tried_again_and_a_second_message_waits_for_the_first(
    line: Line, gateway: Gateway
) -> None:
    contact = talking(line)
    said(line, contact, "Бірінші", "Екінші")
    gateway.answers = [503, 429]
    assert [tasks.send_all(NOW), tasks.send_all(NOW + timedelta(seconds=5))] == [0, 0]
    assert len(gateway.taken) == 1
    assert tasks.send_all(NOW + timedelta(seconds=30)) == 0
    assert tasks.send_all(NOW + timedelta(minutes=5)) == 1
    assert [body["text"] for _headers, body in gateway.taken] == ["Бірінші"] * 3
    assert len({headers["Idempotency-Key"] for headers, _body in gateway.taken}) == 1
    assert tasks.send_all(NOW + timedelta(minutes=5)) == 1
    assert deliveries() == ["sent", "sent"]


def test_what_the_gateway_will_not_take_fails_at_once_and_a_dead_one_after_a_day(line: Line, gateway: Gateway) -> None:
    contact = talking(line)
    said(line, contact, "Бірінші", "Екінші")
    gateway.answers = [422]
    tasks.send_all(NOW)
    assert deliveries() == ["failed", "waiting"]
    gateway.answers = [503, 503]
    tasks.send_all(NOW + timedelta(hours=1))
    assert deliveries() == ["failed", "waiting"]
    tasks.send_all(NOW + timedelta(hours=25))
    assert deliveries() == ["failed", "failed"]


@pytest.mark.parametrize(("words", "number"), [("СТОП!", NUMBER), (" тоқта ", NUMBER), ("Забудьте", "")])
def test_nothing_is_sent_to_who_wrote_stop_and_who_writes_again_is_heard_anew(
    line: Line, gateway: Gateway, words: str, number: str
) -> None:
    contact = talking(line)
    said(line, contact, "Сәлем!")
    wrote(words)
    assert tasks.send_all(NOW) == 0
    assert (gateway.taken, deliveries()) == ([], ["failed"])
    line.above.enter()
    shown = queries.line_of(contact)
    assert shown is not None
    assert shown.stopped
    assert actions.show_number(actor=line.above.enter(), contact=contact.pk, now=NOW) == number
    again = wrote("Сіздер бар ма?")
    assert (again.pk != contact.pk, again.state) == (True, "waiting")
    actions.take_contact(actor=line.above.enter(), contact=again.pk, now=NOW)
    said(line, again, "Иә")
    assert tasks.send_all(NOW) == 1


def test_without_a_gateway_nothing_goes_out_and_nothing_is_lost(
    line: Line, gateway: Gateway, settings: Settings
) -> None:
    contact = talking(line)
    said(line, contact, "Сәлем!")
    settings.ARASHA_SMS_URL = ""
    assert tasks.send_all(NOW) == 0
    assert deliveries() == ["waiting"]


def test_who_has_no_number_that_is_one_is_heard_all_the_same(line: Line, gateway: Gateway) -> None:
    assert wrote("Сәлем", number="Kcell").state == "waiting"
    assert SmsLine.objects.count() == 1


def test_nobody_but_the_gateway_s_work_brings_and_sends(line: Line) -> None:
    given = sms.Incoming("message", "1", NUMBER, "Сәлем")
    for actor in (line.above.enter(), clock()):
        with pytest.raises(NotAllowed):
            actions.bring_sms(actor=actor, incoming=given, now=NOW)
        with pytest.raises(NotAllowed):
            actions.claim_sms(actor=actor, now=NOW)
        with pytest.raises(NotAllowed):
            actions.end_sms(actor=actor, message=uuid4(), outcome="handed", now=NOW)
    with system("sms") as actor:
        assert actions.claim_sms(actor=actor, now=NOW) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("gsm", 0, 0, 160)),
        ("Hello", ("gsm", 5, 1, 155)),
        ("x" * 160, ("gsm", 160, 1, 0)),
        ("x" * 161, ("gsm", 161, 2, 145)),
        ("€" * 80, ("gsm", 160, 1, 0)),
        ("x" * 152 + "€" + "x" * 10, ("gsm", 164, 2, 141)),
        ("ұ" * 70, ("ucs2", 70, 1, 0)),
        ("ұ" * 71, ("ucs2", 71, 2, 63)),
        ("ұ" * 134, ("ucs2", 134, 2, 0)),
        ("ұ" * 66 + "😀" + "ұ" * 3, ("ucs2", 71, 2, 62)),
    ],
)
def test_parts_are_counted_as_telephones_do(text: str, expected: tuple[Any, ...]) -> None:
    found = sms.parts(text)
    assert (found.alphabet, found.units, found.parts, found.left) == expected


@pytest.mark.parametrize(
    ("text", "wish"), [("Stop.", "stop"), ("не пишите", "stop"), ("Ұмыт", "forget"), ("стоп ли", "")]
)
def test_a_wish_to_be_left_alone_stands_alone(text: str, wish: str) -> None:
    assert sms.wish_of(text) == wish
