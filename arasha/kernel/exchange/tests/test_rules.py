"""What the exchange decides without a database: bodies, marks of pages, addresses, targets, signatures."""

import base64
import hashlib
import hmac
import json
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some

from arasha.kernel.exchange.rules import (
    MOST_BYTES,
    CursorInvalid,
    NotJson,
    TooLarge,
    open_cursor,
    problems,
    read_json,
    seal_cursor,
)
from arasha.kernel.exchange.rules.addresses import NOWHERE, client_address
from arasha.kernel.exchange.rules.problems import FIELD_CODES, LANGUAGES, field_words
from arasha.kernel.exchange.rules.signatures import headers, message, new_secret
from arasha.kernel.exchange.rules.targets import Allowed, TargetRefused, check_reached, target
from arasha.kernel.exchange.rules.tokens import bearer, new_token

MOMENT = datetime(2026, 11, 26, 9, 30, 0, 123456, tzinfo=UTC)
ROW = UUID("5f0e7c7e-52c4-4f4c-9d5a-0c6e7f6d3b21")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"nothing",
        b'{"a": 1',
        b'{"a": 1, "a": 2}',
        b'{"a": {"b": 1, "b": 1}}',
        b'{"a": NaN}',
        b'{"a": -Infinity}',
        b'{"a": 1e999}',
        b'{"a": 9223372036854775808}',
        b'{"a": ' + b"9" * 5000 + b"}",
        b'\xef\xbb\xbf{"a": 1}',
        b'{"a": "\xff"}',
        b'{"a": "\\ud800"}',
        b'{"\\udfff": 1}',
        '{"a": "ә"}'.encode("utf-16"),
        b"[" * 17 + b"]" * 17,
        b"[" * 100_000,
        b'{"a": [' + b"[]," * 30_000 + b"[]]}",
        b"{'a': 1}",
        b'{"a": 1} {"b": 2}',
    ],
)
def test_what_two_readers_could_read_differently_is_no_body(body: bytes) -> None:
    with pytest.raises(NotJson):
        read_json(body)


def test_a_body_longer_than_a_report_can_be_is_not_read() -> None:
    with pytest.raises(TooLarge):
        read_json(b'"' + b"x" * MOST_BYTES + b'"')


@given(
    some.recursive(
        some.none() | some.booleans() | some.integers(-(2**63) + 1, 2**63 - 1) | some.text(),
        lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner, max_size=3),
        max_leaves=8,
    )
)
def test_what_json_says_is_read_as_it_is(value: object) -> None:
    try:
        body = json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return
    assert read_json(body) == value


def test_brackets_in_words_are_words() -> None:
    words = '[{"\\' * 50
    assert read_json(json.dumps({"a": words}).encode()) == {"a": words}


def test_a_mark_of_a_page_tells_nothing_and_comes_back() -> None:
    mark = seal_cursor("secret", at=MOMENT, row=ROW, about="1|obligations")
    assert mark != seal_cursor("secret", at=MOMENT, row=ROW, about="1|obligations")
    assert open_cursor("secret", mark, about="1|obligations") == (MOMENT, ROW)


@pytest.mark.parametrize(
    "change",
    [lambda m: m[:-1], lambda m: m + "A", lambda m: "A" + m[1:], lambda _m: "", lambda _m: "ә", lambda _m: "A" * 400],
)
def test_a_mark_that_nobody_wrote_is_none(change: object) -> None:
    mark = seal_cursor("secret", at=MOMENT, row=ROW, about="1|obligations")
    with pytest.raises(CursorInvalid):
        open_cursor("secret", change(mark), about="1|obligations")  # type: ignore[operator]


@pytest.mark.parametrize(("secret", "about"), [("other", "1|obligations"), ("secret", "2|obligations"), ("secret", "")])
def test_a_mark_is_good_for_one_account_and_one_list(secret: str, about: str) -> None:
    mark = seal_cursor("secret", at=MOMENT, row=ROW, about="1|obligations")
    with pytest.raises(CursorInvalid):
        open_cursor(secret, mark, about=about)


@pytest.mark.parametrize(
    ("meta", "proxies", "address"),
    [
        ({"REMOTE_ADDR": "192.0.2.1"}, 0, "192.0.2.1"),
        ({"REMOTE_ADDR": "192.0.2.1", "HTTP_X_FORWARDED_FOR": "10.0.0.1"}, 0, "192.0.2.1"),
        ({"REMOTE_ADDR": "", "HTTP_X_FORWARDED_FOR": "10.0.0.1, 192.0.2.7"}, 1, "192.0.2.7"),
        ({"REMOTE_ADDR": "", "HTTP_X_FORWARDED_FOR": "10.0.0.1, 192.0.2.7"}, 2, "10.0.0.1"),
        ({"REMOTE_ADDR": "", "HTTP_X_FORWARDED_FOR": "192.0.2.7"}, 2, NOWHERE),
        ({"REMOTE_ADDR": ""}, 0, NOWHERE),
        ({}, 1, NOWHERE),
        ({"REMOTE_ADDR": "::ffff:192.0.2.1"}, 0, "192.0.2.1"),
        ({"REMOTE_ADDR": "fe80::1%eth0"}, 0, "fe80::1"),
        ({"REMOTE_ADDR": "127.0.0.1; DROP"}, 0, NOWHERE),
    ],
)
def test_an_address_is_believed_as_far_as_our_own_proxies_saw_it(
    meta: dict[str, str], proxies: int, address: str
) -> None:
    assert client_address(meta, proxies) == address


@pytest.mark.parametrize(
    "address",
    [
        "http://example.kz/in",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://8.8.8.8/",
        "https://[::1]/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://intranet/",
        "https://db.internal/",
        "https://user:word@example.kz/",
        "https://example.kz/#part",
        "https://exa mple.kz/",
        "https://example.kz:99999/",
        "https://пример.kz/",
        "ftp://example.kz/",
        "https:///nothing",
        "javascript:alert(1)",
        "",
        "https://example.kz/" + "x" * 1000,
    ],
)
def test_a_webhook_leads_to_public_names_by_https_alone(address: str) -> None:
    with pytest.raises(TargetRefused):
        target(address, Allowed())


def test_names_by_setting_and_loopback_of_training_are_allowed() -> None:
    assert target("https://his.gov/in?a=1", Allowed(hosts=frozenset({"his.gov"}))).path == "/in?a=1"
    assert target("http://127.0.0.1:8000/in", Allowed(loopback=True)).port == 8000
    with pytest.raises(TargetRefused):
        target("http://10.0.0.1/in", Allowed(loopback=True))


@pytest.mark.parametrize(
    "reached",
    [
        ["10.0.0.1"], ["127.0.0.1"], ["169.254.169.254"], ["192.168.1.1"], ["::1"], ["fd00::1"], ["::ffff:10.0.0.1"],
        [NOWHERE], ["100.64.0.1"], ["224.0.0.1"], ["93.184.216.34", "10.0.0.1"], [],
    ],
)  # fmt: skip
def test_a_public_name_that_leads_into_a_house_is_refused(reached: list[str]) -> None:
    with pytest.raises(TargetRefused):
        check_reached("example.kz", reached, Allowed(loopback=True))


def test_of_public_addresses_one_is_taken_and_loopback_where_nothing_is_real() -> None:
    assert check_reached("example.kz", ["93.184.216.34"], Allowed()) == "93.184.216.34"
    assert check_reached("localhost", ["127.0.0.1"], Allowed(loopback=True)) == "127.0.0.1"
    assert check_reached("his.gov", ["10.0.0.1"], Allowed(hosts=frozenset({"his.gov"}))) == "10.0.0.1"


def test_a_message_is_signed_as_the_standard_says_and_names_no_child() -> None:
    secret, body = new_secret(), message(event="obligation.raised", subject=ROW, at=MOMENT, link="https://a.kz/x")
    assert json.loads(body) == {
        "type": "obligation.raised",
        "timestamp": "2026-11-26T09:30:00.123456Z",
        "data": {"id": str(ROW), "link": "https://a.kz/x"},
    }
    signed = headers(secret, message_id=ROW, timestamp=1764149400, body=body)
    key = base64.b64decode(secret.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.digest(key, f"{ROW}.1764149400.".encode() + body, hashlib.sha256)).decode()
    assert signed == {
        "webhook-id": str(ROW), "webhook-timestamp": "1764149400", "webhook-signature": f"v1,{expected}",
    }  # fmt: skip


def test_only_tokens_of_ours_are_looked_up() -> None:
    token = new_token()
    assert bearer(f"Bearer {token}") == bearer(f"bearer {token}") == token
    for header in (
        "",
        token,
        f"Basic {token}",
        f"Bearer {token}, Bearer {token}",
        f"Bearer {token}x",
        "Bearer x",
        f"Bearer  {token}",
    ):
        assert bearer(header) == ""


def test_every_problem_and_every_field_error_has_its_words_in_three_languages() -> None:
    for kind in problems().values():
        assert set(kind.titles) == set(LANGUAGES)
        assert all(kind.titles.values())
        assert 400 <= kind.status < 600
    assert set(FIELD_CODES.values()) | {"bad_value", "not_yet"} == set(field_words())
    assert all(all(words.values()) for words in field_words().values())
    assert str(uuid4()) not in problems()
