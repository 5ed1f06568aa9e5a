"""Two factors or nothing, and nothing to learn from the answers."""

import re

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from arasha.administration import actions
from arasha.administration.tests.people import NOW, Member, declare, give_password, make_member, sign_in
from arasha.kernel.access.actions import system
from arasha.kernel.access.models import User
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _training(request: pytest.FixtureRequest, db: None) -> None:
    cache.clear()
    declare("production" if "production" in request.node.name else "training")


@pytest.fixture
def nurse() -> Member:
    return make_member("a.nurse", "health_care")


def acts(stream_kind: str, stream_key: str) -> list[str]:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT verb FROM journal_act WHERE stream_kind = %s AND stream_key = %s ORDER BY seq",
            [stream_kind, stream_key],
        )
        return [row[0] for row in cursor.fetchall()]


def test_password_and_code_open_the_door(nurse: Member) -> None:
    client = sign_in(nurse)
    assert client.get("/post/").headers["Location"] == "/"
    assert client.get("/account/").status_code == 200
    assert acts("user", str(nurse.user_id)) == ["create_account", "sign_in"]


def test_a_password_alone_opens_nothing(nurse: Member) -> None:
    client = Client()
    give_password(client, nurse)
    assert client.get("/account/").headers["Location"].startswith("/sign-in/")


def test_the_second_step_without_the_first_leads_back() -> None:
    assert Client().get("/sign-in/second/").headers["Location"] == "/sign-in/"


def test_an_account_without_a_second_factor_does_not_get_in(nurse: Member) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM mfa_authenticator WHERE user_id = %s", [nurse.user_id])
    client = Client()
    assert give_password(client, nurse) == "/sign-in/lost/"
    assert client.get("/account/").status_code == 302


def test_a_code_works_once(nurse: Member) -> None:
    code = nurse.code()
    first, second = Client(), Client()
    for client in (first, second):
        give_password(client, nurse)
    assert first.post("/sign-in/second/", {"code": code}).status_code == 302
    assert second.post("/sign-in/second/", {"code": code}).status_code == 200
    assert second.get("/account/").status_code == 302


def test_the_answer_is_the_same_for_a_wrong_password_and_for_nobody(nurse: Member) -> None:
    def answer(login: str) -> tuple[int, str]:
        response = Client().post("/sign-in/", {"login": login, "password": "wrong password 1"})
        return response.status_code, response.content.decode().replace(login, "")

    assert answer("a.nurse")[0] == 200
    strip = without_tokens
    assert strip(answer("a.nurse")[1]) == strip(answer("nobody.at.all")[1])
    assert acts("system", "sign_in") == ["fail_sign_in"] * 3
    assert acts("user", str(nurse.user_id)) == ["create_account"]


def test_an_unknown_login_costs_a_password_check_too(nurse: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    hashed: list[str] = []
    monkeypatch.setattr(User, "set_password", lambda self, raw: hashed.append(raw))
    Client().post("/sign-in/", {"login": "nobody.at.all", "password": "wrong password 1"})
    assert hashed == ["wrong password 1"]


def test_a_closed_account_is_told_nothing_else(nurse: Member) -> None:
    with as_owner():
        User.objects.filter(pk=nurse.user_id).update(is_active=False)
    client = Client()
    assert client.get("/account/").status_code == 302
    answer = client.post("/sign-in/", {"login": nurse.login, "password": nurse.password})
    assert "second" not in answer.headers.get("Location", "")


def test_five_wrong_passwords_stop_further_tries_for_a_while(nurse: Member) -> None:
    for _ in range(5):
        Client().post("/sign-in/", {"login": nurse.login, "password": "wrong password 1"})
    client = Client()
    assert give_password(client, nurse) == ""
    answer = client.post(
        "/sign-in/", {"login": nurse.login, "password": nurse.password}, headers={"Accept-Language": "en"}
    )
    assert answer.status_code == 200


def test_five_wrong_codes_stop_further_tries_for_a_while(nurse: Member) -> None:
    client = Client()
    give_password(client, nurse)
    for _ in range(5):
        assert client.post("/sign-in/second/", {"code": "000000"}).status_code == 200
    assert client.post("/sign-in/second/", {"code": nurse.code()}).status_code == 200
    assert client.get("/account/").status_code == 302


def test_signing_in_changes_the_session_and_the_database_keeps_no_token(nurse: Member) -> None:
    client = Client()
    client.get("/sign-in/")
    give_password(client, nurse)
    before = client.cookies["arasha_session"].value
    client.post("/sign-in/second/", {"code": nurse.code()})
    after = client.cookies["arasha_session"].value
    assert before != after
    thief = Client()
    thief.cookies["arasha_session"] = before
    assert thief.get("/account/").status_code == 302
    with as_owner(), connection.cursor() as cursor:
        for table in ("access_session", "access_websession"):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{after}%"])
            assert cursor.fetchone() == (0,)


def test_cookies_are_for_this_site_alone(nurse: Member) -> None:
    cookie = sign_in(nurse).cookies["arasha_session"]
    assert (cookie["samesite"], cookie["httponly"]) == ("Strict", True)


def test_signing_out_kills_the_session_and_is_a_button_only(nurse: Member) -> None:
    client = sign_in(nurse)
    token = client.cookies["arasha_session"].value
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").headers["Location"] == "/sign-in/"
    thief = Client()
    thief.cookies["arasha_session"] = token
    assert thief.get("/account/").status_code == 302
    assert acts("user", str(nurse.user_id))[-1] == "sign_out"


def test_a_session_ends_with_the_post_and_says_so(nurse: Member) -> None:
    client = sign_in(nurse)
    client.get("/post/")
    with system("installation") as actor:
        actions.end_post(actor=actor, now=NOW, post_id=nurse.post_id)
    answer = client.get("/account/")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in/?next=/account/&ended=1"
    assert "your session or your post has ended" in client.get("/sign-in/?ended=1&language=en").content.decode()


def test_the_next_address_is_never_another_site(nurse: Member) -> None:
    client = Client()
    give_password(client, nurse, next="https://evil.example/")
    answer = client.post("/sign-in/second/", {"code": nurse.code()})
    assert answer.headers["Location"] == "/post/"


@pytest.mark.parametrize("address", ["/accounts/signup/", "/signup/", "/sign-in/code/", "/account/email/", "/admin/"])
def test_what_is_not_needed_is_off(address: str) -> None:
    assert Client().get(address).status_code == 404
    assert Client().post(address).status_code == 404


def test_the_sign_in_page_lends_nobody_in_production() -> None:
    assert "sign-in/as/" not in Client().get("/sign-in/").content.decode()


def without_tokens(page: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page)


def test_what_is_important_asks_for_the_second_factor_again(nurse: Member) -> None:
    client = sign_in(nurse)
    asked = client.get("/account/password/")
    assert asked.headers["Location"] == "/account/confirm/?next=%2Faccount%2Fpassword%2F"
    assert client.post("/account/codes/").headers["Location"].startswith("/account/confirm/")
    confirmed = client.post("/account/confirm/", {"code": nurse.code(1), "next": "/account/password/"})
    assert confirmed.headers["Location"] == "/account/password/"


def test_every_page_of_ones_account_opens(nurse: Member) -> None:
    client = sign_in(nurse)
    client.post("/account/confirm/", {"code": nurse.code(1)})
    addresses = [
        "/account/",
        "/account/password/",
        "/account/passkeys/add/",
        "/account/codes/",
        "/account/confirm/",
        "/post/?stay=1",
    ]
    assert [(one, client.get(one, headers={"host": "localhost"}).status_code) for one in addresses] == [
        (one, 200) for one in addresses
    ]
    made = client.post("/account/codes/")
    assert len(re.findall(rb"<li><code>\d{8}</code></li>", made.content)) == 10
