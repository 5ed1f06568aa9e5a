"""The public's door keeps nothing, takes forms from our own pages only, and not without end."""

import contextlib
import logging
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from arasha.config import public as served
from arasha.doors import door
from arasha.doors.rules.flood import Allowance, Buckets
from arasha.kernel.access import policy

pytestmark = pytest.mark.django_db
OWN: dict[str, Any] = {"HTTP_ORIGIN": "http://arasha.example.kz"}
NUMBERS = ["111", "102", "103", "112"]


def numbers(response: Any) -> list[str]:
    """Return whom a page offers to call."""
    return re.findall(r'href="tel:(\d+)"', response.content.decode())


@pytest.mark.parametrize(
    ("address", "method", "more", "status"),
    [
        ("/", "get", {}, 200),
        ("/?language=ru", "get", {}, 200),
        ("/-/live", "get", {}, 200),
        ("/cookie/", "get", {}, 200),
        ("/nowhere/", "get", {}, 404),
        ("/undeclared/", "get", {}, 404),
        ("/broken/?words=x", "get", {}, 500),
        ("/unreachable/", "get", {}, 503),
        ("/", "get", {"HTTP_HOST": "another.example.kz"}, 400),
        ("/", "post", OWN, 422),
        ("/tell/", "post", {}, 403),
        ("/tell/", "post", OWN, 200),
        ("/static/ui/icon.svg", "get", {}, 200),
        ("/no-slash", "get", {}, 404),
    ],
)
def test_every_answer_keeps_nothing_and_tells_nobody(
    public: Client, address: str, method: str, more: dict[str, str], status: int
) -> None:
    with contextlib.closing(getattr(public, method)(address, **more)) as response:
        _keeps_nothing(response, status)


def _keeps_nothing(response: Any, status: int) -> None:
    assert response.status_code == status
    assert not response.cookies
    assert "Set-Cookie" not in response.headers
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Frame-Options"] == "DENY"
    assert not {"Clear-Site-Data", "Content-Encoding"} & set(response.headers)


@pytest.mark.parametrize("address", ["/nowhere/", "/broken/?words=x", "/unreachable/"])
@pytest.mark.parametrize(("language", "word"), [("kk", "полиция"), ("ru", "скорая помощь"), ("en", "ambulance")])
def test_whatever_goes_wrong_says_whom_to_call_in_the_readers_language(
    public: Client, address: str, language: str, word: str
) -> None:
    response = public.get(address + ("&" if "?" in address else "?") + f"language={language}")
    assert numbers(response) == NUMBERS
    assert word in response.content.decode()
    assert response.headers["Content-Language"] == language


def test_the_language_is_the_addresses_and_never_the_browsers_or_a_cookies(public: Client) -> None:
    public.cookies["arasha_language"] = "ru"
    response = public.get("/", HTTP_ACCEPT_LANGUAGE="en")
    assert response.headers["Content-Language"] == "kk"
    assert public.post("/tell/", {"words": "x"}, **OWN).content == b"told x by {}"


@pytest.mark.parametrize("address", ["/undeclared/", "/of-staff/"])
def test_a_page_that_does_not_declare_itself_public_is_not_there(public: Client, address: str) -> None:
    response = public.get(address)
    assert response.status_code == 404
    assert b"secret" not in response.content


def test_every_page_of_the_publics_own_table_declares_itself_public() -> None:
    from django.urls import get_resolver  # noqa: PLC0415

    assert policy.undeclared("arasha.config.public_urls") == []
    views = dict(policy.views_of(get_resolver("arasha.config.public_urls").url_patterns))
    kinds = {found.kind for view in views.values() if (found := policy.policy_of(view))}
    assert kinds == {"public"}
    assert "-/live" in views


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"HTTP_ORIGIN": "http://arasha.example.kz"}, 200),
        ({"HTTP_SEC_FETCH_SITE": "same-origin"}, 200),
        ({"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "same-origin"}, 200),
        ({}, 403),
        ({"HTTP_ORIGIN": "null"}, 403),
        ({"HTTP_ORIGIN": ""}, 403),
        ({"HTTP_ORIGIN": "https://arasha.example.kz"}, 403),
        ({"HTTP_ORIGIN": "http://arasha.example.kz:8001"}, 403),
        ({"HTTP_ORIGIN": "http://arasha.example.kz.evil.example"}, 403),
        ({"HTTP_ORIGIN": "https://evil.example", "HTTP_SEC_FETCH_SITE": "same-origin"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "same-site"}, 403),
        ({"HTTP_SEC_FETCH_SITE": "none"}, 403),
        ({"HTTP_ORIGIN": "null", "HTTP_SEC_FETCH_SITE": "cross-site"}, 403),
        ({"HTTP_REFERER": "http://arasha.example.kz/"}, 403),
    ],
)
def test_a_form_is_taken_from_our_own_pages_only(public: Client, headers: dict[str, Any], status: int) -> None:
    response = public.post("/tell/", {"words": "a secret"}, **headers)
    assert response.status_code == status
    if status == 403:
        assert numbers(response) == NUMBERS
        assert b"a secret" not in response.content


@pytest.mark.parametrize(("length", "status"), [(199_000, 200), (200_100, 413), (5_000_000, 413)])
def test_a_body_that_is_too_large_is_not_read(public: Client, length: int, status: int) -> None:
    body = "words=" + "x" * (length - 6)
    kind = "application/x-www-form-urlencoded"
    assert public.post("/tell/", body, content_type=kind, **OWN).status_code == status


def test_a_body_without_a_length_and_files_are_refused(public: Client) -> None:
    assert public.post("/tell/", {"words": "x"}, CONTENT_LENGTH="", **OWN).status_code == 413
    file = SimpleUploadedFile("a.txt", b"x")
    assert public.post("/tell/", {"words": "x", "file": file}, **OWN).status_code == 400


def test_a_request_is_one_transaction_to_the_last_letter_of_its_page(public: Client) -> None:
    assert public.get("/transaction/").content == b"True"
    assert "a-demo" in public.get("/late/").content.decode()


def test_whether_it_lives_is_answered_without_the_database(public: Client, settings: Settings) -> None:
    # `django_assert_num_queries` counts no BEGIN: a view that needs no transaction carries Django's mark.
    assert "default" in door.live._non_atomic_requests  # type: ignore[attr-defined]  # Django's mark
    assert public.get("/-/live").content == b"ok\n"


@pytest.fixture
def two_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(door.BUCKETS, "tell", Buckets(Allowance(burst=2, every=150)))
    monkeypatch.setitem(door.BUCKETS, "code", Buckets(Allowance(burst=2, every=20)))


def post(public: Client, address: str = "/tell/", **more: Any) -> Any:
    return public.post(address, {"words": '"><b>my brother', "also": ["1", "2"]}, **OWN, **more)


@pytest.mark.usefixtures("two_tries")
def test_over_the_limit_a_page_says_when_and_whom_to_call_and_keeps_what_was_told(public: Client) -> None:
    assert [post(public).status_code for _ in range(3)] == [200, 200, 429]
    refused = public.post("/tell/?language=en", {"words": '"><b>my brother', "also": ["1", "2"]}, **OWN)
    text = refused.content.decode()
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) in range(148, 151)
    assert "You can try again in 3 minutes." in text
    assert numbers(refused) == NUMBERS
    assert '<input type="hidden" name="words" value="&quot;&gt;&lt;b&gt;my brother">' in text
    assert text.count('name="also"') == 2
    assert '<form method="post" action="/tell/?language=en"' in text
    assert refused.headers["Cache-Control"] == "no-store"


@pytest.mark.usefixtures("two_tries")
def test_another_address_another_kind_and_whoever_only_reads_are_not_limited(public: Client) -> None:
    assert [post(public).status_code for _ in range(3)] == [200, 200, 429]
    assert post(public, HTTP_X_FORWARDED_FOR="203.0.113.8").status_code == 200
    assert [post(public, "/code/").status_code for _ in range(3)] == [200, 200, 429]
    assert public.get("/tell/").status_code == 200


@pytest.mark.usefixtures("two_tries")
def test_what_was_typed_as_a_code_does_not_come_back(public: Client) -> None:
    answers = [post(public, "/code/") for _ in range(3)]
    assert answers[-1].status_code == 429
    assert b"my brother" not in answers[-1].content


@pytest.mark.usefixtures("two_tries")
def test_an_address_that_the_client_made_up_is_not_believed(public: Client) -> None:
    made_up = [f"198.51.100.{number}, 203.0.113.7" for number in range(3)]
    assert [post(public, HTTP_X_FORWARDED_FOR=said).status_code for said in made_up] == [200, 200, 429]


@pytest.mark.usefixtures("two_tries")
def test_an_ipv6_connection_has_one_count_for_all_its_addresses(public: Client) -> None:
    addresses = ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:2::3", "2001:db8:1:3::1"]
    assert [post(public, HTTP_X_FORWARDED_FOR=said).status_code for said in addresses] == [200, 200, 429, 200]


@pytest.mark.usefixtures("two_tries")
def test_neither_the_address_nor_a_hash_that_anybody_could_make_is_kept(public: Client) -> None:
    post(public)
    (mark,) = door.BUCKETS["tell"]._left
    assert len(mark) == 32
    assert b"203.0.113.7" not in mark
    assert door._KEY not in (b"", served.SECRET_KEY.encode())


def test_nothing_that_was_sent_reaches_a_log(public: Client, caplog: pytest.LogCaptureFixture) -> None:
    from arasha.config.logs import NamelessFormatter  # noqa: PLC0415

    caplog.set_level(logging.DEBUG)
    public.get("/broken/?words=zhanar")
    public.post("/tell/", {"words": "zhanar"}, HTTP_ORIGIN="https://zhanar.example", HTTP_USER_AGENT="zhanar")
    written = "\n".join(NamelessFormatter().format(record) for record in caplog.records)
    assert "error at broken/" in written
    assert "zhanar" not in written
    assert "203.0.113.7" not in written
