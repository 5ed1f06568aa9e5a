"""Invitations, forgotten passwords and lost devices: one link, one use, never by oneself alone."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail
from django.core.cache import cache
from django.db import DatabaseError, connection, transaction
from django.test import Client

from arasha.administration import actions, rules
from arasha.administration.models import Link
from arasha.administration.tests.people import (
    NOW,
    Member,
    code_of,
    declare,
    give_password,
    make_member,
    sign_in,
)
from arasha.kernel.access.actions import system
from arasha.kernel.access.models import User
from arasha.kernel.access.tests import cast
from tests.database import as_owner

pytestmark = pytest.mark.django_db
ASK = "SELECT administration.ask_link(gen_random_uuid(), 'factor', %s, interval '1 day')"
PASSWORD = "тау үсті бұлт жүзеді"


@pytest.fixture(autouse=True)
def _mail(settings: Any) -> None:
    cache.clear()
    declare("training")
    settings.EMAIL_HOST, settings.ADDRESS = "mail.example", "https://arasha.example"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []


@pytest.fixture
def administrator() -> Member:
    return make_member("an.administrator", "administration")


@pytest.fixture
def nurse() -> Member:
    return make_member("a.nurse", "health_care", email="nurse@example.kz")


def post_letters() -> None:
    """What the worker does with the links that wait."""
    with as_owner():
        waiting = list(Link.objects.filter(code_hash=None).values_list("pk", flat=True))
    for link in waiting:
        with system("sign_in") as actor:
            letter = actions.take_link(actor=actor, now=NOW, link=link)
        if letter:
            letter.send()
    cast.leave()


def address() -> str:
    """The path of the link in the last letter."""
    found = re.search(r"https://arasha\.example(/link/[\w-]+/)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def secret_on(page: bytes) -> str:
    found = re.search(rb"<code>([A-Z2-7]{32})</code>", page)
    assert found
    return found[1].decode()


def invite(administrator: Member) -> Client:
    client = sign_in(administrator)
    client.get("/post/")
    form = {"name": "Жаңа Адам", "login": "new.person", "email": "new@example.kz", "language": "ru"}
    assert client.post("/administration/accounts/invite/", form).status_code == 200
    return client


def test_an_invited_person_sets_password_and_second_factor_and_gets_in(administrator: Member) -> None:
    invite(administrator)
    post_letters()
    assert mail.outbox[0].to == ["new@example.kz"]
    assert mail.outbox[0].subject == "Араша: ваша учётная запись готова"
    browser = Client()
    secret = secret_on(browser.get(address()).content)
    again = browser.post(address(), {"password": PASSWORD, "again": PASSWORD, "code": "000000"})
    assert secret_on(again.content) == secret
    done = browser.post(address(), {"password": PASSWORD, "again": PASSWORD, "code": code_of(secret)})
    assert len(re.findall(rb"<li><code>\d{8}</code></li>", done.content)) == 10
    assert browser.get(address()).status_code == 410
    with as_owner():
        user = User.objects.get(login="new.person")
        stored = Authenticator.objects.get(user=user, type="totp").data["secret"]
    assert secret not in stored
    assert sign_in(Member(user.pk, user.login, PASSWORD, secret, 0)).get("/account/").status_code == 200


@pytest.mark.parametrize("password", ["of 11 chars", "1qaz2wsx3edc", "123456789012345", "new.person.12"])
def test_weak_passwords_are_refused(administrator: Member, password: str) -> None:
    invite(administrator)
    post_letters()
    browser = Client()
    secret = secret_on(browser.get(address()).content)
    answer = browser.post(address(), {"password": password, "again": password, "code": code_of(secret)})
    assert b"govuk-error-summary" in answer.content
    assert password.encode() not in answer.content


def test_an_invitation_expires_after_72_hours_and_a_newer_one_voids_it(administrator: Member) -> None:
    client = invite(administrator)
    post_letters()
    first = address()
    with as_owner():
        user = User.objects.get(login="new.person").pk
        made, expires = Link.objects.values_list("made_at", "expires_at").get()
    # Two readings of one clock: they may differ by microseconds.
    assert abs(expires - made - timedelta(hours=72)) < timedelta(seconds=1)
    client.post(f"/administration/accounts/{user}/invite/")
    post_letters()
    assert Client().get(first).status_code == 410
    assert Client().get(address()).status_code == 200
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE administration_link SET expires_at = now() - interval '1 second'")
    assert Client().get(address()).status_code == 410


def test_only_a_hash_of_the_code_is_kept(administrator: Member) -> None:
    invite(administrator)
    post_letters()
    code = address().split("/")[2]
    with as_owner(), connection.cursor() as cursor:
        for table in ("administration_link", "procrastinate_jobs", "journal_act"):
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{code}%"])
            assert cursor.fetchone() == (0,)


def test_a_forgotten_password_is_answered_alike_for_everybody(nurse: Member) -> None:
    answers = [Client().post("/sign-in/password/", {"login": login}) for login in (nurse.login, "nobody.at.all")]
    assert [(one.status_code, one.headers["Location"], one.content) for one in answers] == [
        (302, "/sign-in/password/asked/", b"")
    ] * 2
    with as_owner():
        assert Link.objects.count() == 2  # both cost one row and one job
    post_letters()
    assert [letter.to for letter in mail.outbox] == [["nurse@example.kz"]]


def test_a_new_password_still_needs_the_second_factor_and_ends_all_sessions(nurse: Member) -> None:
    open_elsewhere = sign_in(nurse)
    Client().post("/sign-in/password/", {"login": nurse.login})
    post_letters()
    browser = Client()
    assert browser.post(address(), {"password": PASSWORD, "again": PASSWORD}).status_code == 200
    assert open_elsewhere.get("/account/").status_code == 302
    assert give_password(Client(), nurse) == ""
    renewed = Member(nurse.user_id, nurse.login, PASSWORD, nurse.secret, nurse.post_id)
    assert give_password(Client(), renewed) == "/sign-in/second/"


def test_a_lost_device_needs_a_second_person_and_the_password(administrator: Member, nurse: Member) -> None:
    client = sign_in(administrator)
    client.get("/post/")
    page = f"/administration/accounts/{nurse.user_id}/second-factor/"
    assert client.get(page).status_code == 200
    assert client.post(page).status_code == 200
    post_letters()
    browser = Client()
    secret = secret_on(browser.get(address()).content)
    wrong = browser.post(address(), {"present": "not the password", "code": code_of(secret)})
    assert b"govuk-error-summary" in wrong.content
    done = browser.post(address(), {"present": nurse.password, "code": code_of(secret)})
    assert done.status_code == 200
    assert b"<li><code>" in done.content
    old = Client()
    give_password(old, nurse)
    old.post("/sign-in/second/", {"code": nurse.code(1)})
    assert old.get("/account/").status_code == 302
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT actor_user FROM journal_act WHERE verb = 'reset_second_factor'")
        assert cursor.fetchall() == [(administrator.user_id,)]


def test_nobody_resets_or_ends_their_own(administrator: Member) -> None:
    client = sign_in(administrator)
    client.get("/post/")
    assert client.post(f"/administration/accounts/{administrator.user_id}/second-factor/").status_code == 404
    assert client.post(f"/administration/posts/{administrator.post_id}/end/").status_code == 404
    statement = "SELECT administration.ask_link(gen_random_uuid(), 'factor', access.user_id(), interval '1 day')"
    with pytest.raises(DatabaseError, match="refused"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_who_does_not_administer_finds_no_accounts(nurse: Member) -> None:
    client = sign_in(nurse)
    client.get("/post/")
    for address in ("/administration/accounts/", "/administration/accounts/invite/"):
        assert client.get(address).status_code == 404
    other = make_member("another.nurse", "health_care")
    assert client.post(f"/administration/accounts/{other.user_id}/second-factor/").status_code == 404
    client.get("/account/")  # from here on the connection acts as the nurse
    with pytest.raises(DatabaseError, match="refused"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT administration.ask_link(gen_random_uuid(), 'factor', %s, interval '1 day')", [other.user_id]
        )


def test_ending_a_post_signs_its_holder_out(administrator: Member, nurse: Member) -> None:
    open_elsewhere = sign_in(nurse)
    client = sign_in(administrator)
    client.get("/post/")
    assert client.get(f"/administration/posts/{nurse.post_id}/end/").status_code == 200
    assert client.post(f"/administration/posts/{nurse.post_id}/end/").headers["Location"] == "/administration/accounts/"
    assert open_elsewhere.get("/account/").headers["Location"].endswith("ended=1")


def test_without_a_mail_server_the_link_is_shown_once(administrator: Member, settings: Any) -> None:
    settings.EMAIL_HOST = ""
    client = sign_in(administrator)
    client.get("/post/")
    form = {"name": "Жаңа Адам", "login": "new.person", "email": "new@example.kz", "language": "kk"}
    page = client.post("/administration/accounts/invite/", form).content.decode()
    found = re.search(r"/link/[\w-]+/", page)
    assert found
    assert Client().get(found[0]).status_code == 200
    with as_owner():
        link: uuid.UUID = Link.objects.values_list("pk", flat=True).get()
    with system("installation") as actor, pytest.raises(rules.LinkNotValid):
        actions.reveal(actor=actor, now=NOW, link=link)


def test_second_factors_of_others_are_out_of_reach_by_raw_sql(nurse: Member) -> None:
    other = make_member("another.nurse", "health_care")
    sign_in(nurse).get("/account/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT user_id FROM mfa_authenticator")
        assert {row[0] for row in cursor.fetchall()} == {nurse.user_id}
        cursor.execute("UPDATE mfa_authenticator SET data = '{}' WHERE user_id = %s", [other.user_id])
        assert cursor.rowcount == 0
        cursor.execute("SELECT count(*) FROM administration_link")
        assert cursor.fetchone() == (0,)
