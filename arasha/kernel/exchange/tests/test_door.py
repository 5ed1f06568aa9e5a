"""The door for other systems: who comes in, what is answered to everybody else, and nothing that tells them apart."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.test import Client

from arasha.kernel.access.tests import cast as people
from arasha.kernel.exchange import actions, door
from arasha.kernel.exchange.models import Token
from arasha.kernel.exchange.tests.cast import System, give_token, make_system
from tests.database import as_owner

pytestmark = pytest.mark.django_db
KEY = "5f0e7c7e-52c4-4f4c-9d5a-0c6e7f6d3b21"


def ask(header: str = "", *, method: str = "GET", address: str = "/api/v1/me", **headers: str) -> Any:
    """Ask with an Authorization header as it stands."""
    said = ({"Authorization": header} if header else {}) | {"Accept-Language": "en"} | headers
    return Client(raise_request_exception=False).generic(method, address, headers=said)


def test_a_system_learns_whose_account_it_has(system: System) -> None:
    answer = system.get("/me")
    assert answer.status_code == 200
    assert answer.json()["functions"] == ["family_support", "health_care"]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
    assert not answer.cookies


def test_whoever_has_no_valid_token_gets_one_answer(system: System, unit: Any) -> None:
    with people.building():
        near = make_system(unit.pk, "health_care", networks=("192.0.2.0/24",))
        expired = give_token(system.account, Token.objects.get(account=system.account).issued_by_id, days=-1)
        revoked = give_token(system.account, Token.objects.filter(account=system.account)[0].issued_by_id)
        Token.objects.order_by("-issued_at").filter(hash=people_hash(revoked)).update(revoked_at=datetime.now(UTC))
    headers = ["", "Bearer", "Bearer x", f"Basic {system.token}", f"Bearer arasha_{'x' * 43}", f"Bearer {near.token}"]
    headers += [f"Bearer {expired}", f"Bearer {revoked}", f"Bearer {system.token}, Bearer {system.token}"]
    answers = {(ask(header).status_code, ask(header).content, str(ask(header).headers)) for header in headers}
    ((status, body, said),) = answers
    assert (status, json.loads(body)["code"]) == (401, "not_authenticated")
    assert "'WWW-Authenticate': 'Bearer'" in said


def people_hash(token: str) -> bytes:
    """Return what the database knows of a token."""
    from arasha.kernel.access.rules import token_hash  # noqa: PLC0415 - beside its only use

    return token_hash(token)


def test_a_session_opens_nothing_here_and_cookies_are_refused(system: System) -> None:
    answer = ask(f"Bearer {system.token}", Cookie=f"{settings.SESSION_COOKIE_NAME}=anything")
    assert (answer.status_code, answer.json()["code"]) == (400, "cookies_refused")


def test_nothing_under_the_prefix_is_reached_by_another_door(system: System) -> None:
    for address in ("/api/v1/", "/api/v1/nothing", "/api/v1/me/", "/api/v1//me", "/api/v1/../", "/api/v1/me%00"):
        answer = ask(f"Bearer {system.token}", address=address)
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


@pytest.mark.parametrize("method", ["HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "NONSENSE"])
def test_a_method_that_an_address_does_not_know_is_told_so(system: System, method: str) -> None:
    answer = system.ask(method, "/me", {} if method in {"POST", "PUT", "PATCH"} else None)
    assert answer.status_code == 405


def test_titles_are_in_the_language_asked_for_and_codes_are_not(system: System) -> None:
    titles = {}
    for wish in ("kk", "ru-RU,en;q=0.5", "en", "fr", ""):
        answer = ask("", **{"Accept-Language": wish})
        titles[wish] = (answer.json()["title"], answer.headers["Content-Language"])
        assert answer.json()["type"] == "/api/#not_authenticated"
    assert titles["fr"] == titles[""] == titles["kk"] != titles["en"]
    assert [said for _title, said in titles.values()] == ["kk", "ru", "en", "kk", "kk"]


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/json", 404),
        ('application/json; charset="utf-8"', 404),
        ("application/json; charset=windows-1251", 415),
        ("application/json; charset=utf-16", 415),
        ("text/plain", 415),
        ("application/x-www-form-urlencoded", 415),
        ("multipart/form-data; boundary=x", 415),
        ("", 415),
    ],
)
def test_bodies_are_json_in_utf_8(system: System, kind: str, status: int) -> None:
    headers = {"Authorization": f"Bearer {system.token}", "Idempotency-Key": str(uuid4())}
    address = f"/api/v1/obligations/{uuid4()}/meet"
    answer = Client().generic("POST", address, b'{"answer": "x"}', kind, headers=headers)
    assert answer.status_code == status


def test_a_body_that_says_it_is_packed_is_refused(system: System) -> None:
    answer = system.post(f"/obligations/{uuid4()}/meet", {"answer": "x"}, **{"Content-Encoding": "gzip"})
    assert answer.json()["code"] == "unsupported_type"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b'{"answer": "x", "answer": "y"}', "malformed"),
        (b'{"answer": NaN}', "malformed"),
        (b"[" * 1000, "malformed"),
        (b'{"answer": "' + b"x" * (256 * 1024) + b'"}', "too_large"),
        (b"\xff\xfe", "malformed"),
        (b"[]", "invalid"),
        (b"null", "invalid"),
        (b'"x"', "invalid"),
    ],
)
def test_a_hostile_body_is_told_what_it_is(system: System, body: bytes, code: str) -> None:
    answer = system.post(f"/obligations/{uuid4()}/meet", body)
    assert answer.json()["code"] == code


@pytest.mark.parametrize("key", ["", "1", "signal-1", KEY[:-1], "5f0e7c7e-52c4-1f4c-9d5a-0c6e7f6d3b21", f"{KEY},{KEY}"])
def test_what_is_posted_has_a_random_key(system: System, key: str) -> None:
    headers = {"Authorization": f"Bearer {system.token}"} | ({"Idempotency-Key": key} if key else {})
    address = f"/api/v1/obligations/{uuid4()}/meet"
    answer = Client().generic("POST", address, b'{"answer": "x"}', "application/json", headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (400, "key_missing")
    assert answer.json()["errors"][0]["place"] == "header.Idempotency-Key"


def test_nothing_that_was_sent_comes_back_in_an_error(system: System) -> None:
    planted = "planted-" + uuid4().hex
    for answer in (
        system.post(f"/obligations/{uuid4()}/meet", {"answer": [planted], planted: 1}),
        system.get(f"/obligations?state={planted}&{planted}=1"),
        system.get(f"/{planted}"),
        ask(f"Bearer {planted}"),
    ):
        assert answer.status_code >= 400
        assert planted not in answer.content.decode() + str(answer.headers)


def test_too_many_requests_wait(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "A_MINUTE", 3)
    monkeypatch.setattr("time.time", lambda: 1_764_149_410.0)
    statuses = [system.get("/me").status_code for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    assert 0 < int(system.get("/me").headers["Retry-After"]) <= 60
    monkeypatch.setattr("time.time", lambda: 1_764_149_470.0)
    assert system.get("/me").status_code == 200


def test_who_tries_tokens_waits_too(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "FAILED_A_MINUTE", 2)
    monkeypatch.setattr("time.time", lambda: 1_764_249_410.0)
    assert [ask("Bearer x").status_code for _ in range(3)] == [401, 401, 429]


def test_the_day_of_use_is_noted_but_never_of_telling(system: System) -> None:
    system.post("/signals", {})
    with as_owner():
        assert Token.objects.get(account=system.account).used_on is None
    system.get("/me")
    with as_owner():
        assert Token.objects.get(account=system.account).used_on == people.day_of(datetime.now(UTC))


def test_an_error_of_ours_is_told_without_words(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_: object, **__: object) -> None:
        raise RuntimeError("Аяру, 7 лет")

    monkeypatch.setattr(actions, "kept_answer", fall)
    answer = system.post(f"/obligations/{uuid4()}/meet", {"answer": "x"})
    assert (answer.status_code, answer.json()["code"]) == (500, "failed")
    assert "Аяру" not in answer.content.decode()
