"""A page is reached by who may, in one transaction with its context; everything else is not there."""

import uuid
from importlib import import_module

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpResponse, StreamingHttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from arasha.kernel.access import policy
from arasha.kernel.access.actions import seat
from arasha.kernel.access.door import Undeclared
from arasha.kernel.access.models import Look, Session, Unit, User, WebSession
from arasha.kernel.access.tests import cast
from arasha.kernel.access.tests.cast import Person
from tests.database import as_role

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = "arasha.kernel.access.tests.urls"
    settings.LOGIN_URL = "/sign-in/"


@pytest.fixture
def guardian() -> Person:
    with cast.building():
        return cast.make_person(cast.make_unit("guardianship", "guardianship"))


@pytest.fixture
def browser(guardian: Person) -> Client:
    return signed_in(guardian)


def signed_in(person: Person) -> Client:
    store = import_module(django_settings.SESSION_ENGINE).SessionStore()
    with as_role("arasha_owner"):
        user = User.objects.get(pk=person.user_id)
    store[SESSION_KEY] = str(person.user_id)
    store[BACKEND_SESSION_KEY] = django_settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    client = Client()
    client.cookies[django_settings.SESSION_COOKIE_NAME] = store.session_key
    return client


def get(client: Client, address: str) -> HttpResponse:
    response = client.get(address)
    cast.leave()  # each request is a transaction of its own; in a test they share one
    assert isinstance(response, HttpResponse)
    return response


def test_a_public_page_is_open_to_everybody() -> None:
    assert get(Client(), "/everybody/").content == b"hello"


def test_a_page_that_declares_no_policy_is_not_there_and_the_house_does_not_start(browser: Client) -> None:
    assert get(browser, "/forgotten/").status_code == 404
    assert policy.undeclared() == ["forgotten/"]


def test_the_houses_own_pages_all_declare_a_policy(settings: Settings) -> None:
    settings.ROOT_URLCONF = "arasha.config.urls"
    assert policy.undeclared() == []


def test_whoever_is_not_signed_in_is_sent_to_the_sign_in() -> None:
    response = get(Client(), "/self/")
    assert (response.status_code, response["Location"]) == (302, "/sign-in/?next=/self/")


def test_the_view_knows_who_acts_in_which_post(browser: Client, guardian: Person) -> None:
    expected = f"{guardian.user_id} {guardian.post_id} {guardian.user_id}"
    assert get(browser, "/self/").content.decode() == expected
    assert get(browser, "/self/").headers["Cache-Control"] == "no-store"


def test_a_page_that_the_post_may_not_open_answers_as_one_that_does_not_exist(browser: Client) -> None:
    forbidden, absent = get(browser, "/board/"), get(browser, "/boardx/")
    assert (forbidden.status_code, absent.status_code) == (404, 404)
    assert forbidden.content.replace(b"/board/", b"") == absent.content.replace(b"/boardx/", b"")


def test_somebody_elses_file_answers_as_one_that_does_not_exist_and_the_try_is_recorded(
    browser: Client, guardian: Person
) -> None:
    with cast.building():
        other = cast.make_dossier(lead=cast.make_unit("other", "guardianship").pk)
        own = cast.make_dossier(lead=guardian.unit_id)
    nobodys = uuid.uuid4()
    assert get(browser, f"/files/{own}/").status_code == 200
    answers = [get(browser, f"/files/{dossier}/") for dossier in (other, nobodys)]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].content.replace(str(other).encode(), b"") == answers[1].content.replace(
        str(nobodys).encode(), b""
    )
    assert dict(answers[0].headers) == dict(answers[1].headers)
    guardian.enter()
    tries = Look.objects.filter(outcome="refused")
    assert {look.dossier for look in tries} == {other, nobodys}
    assert all(look.request for look in tries)


def test_a_refusal_is_403_and_recorded(browser: Client, guardian: Person) -> None:
    assert get(browser, f"/refused/{uuid.uuid4()}/").status_code == 403
    guardian.enter()
    assert Look.objects.get().outcome == "refused"


def test_what_a_template_asks_lazily_is_asked_in_the_context(browser: Client) -> None:
    assert get(browser, "/lazily/").content == b"0"


def test_a_stream_opens_its_own_context_and_says_so(browser: Client, guardian: Person) -> None:
    with cast.building():
        cast.make_dossier(lead=guardian.unit_id)
    response = browser.get("/streamed/")
    cast.leave()
    assert isinstance(response, StreamingHttpResponse)
    assert response.getvalue() == b"1"
    with pytest.raises(Undeclared):
        browser.get("/undeclared-stream/")


def test_the_database_keeps_no_token(browser: Client, guardian: Person) -> None:
    token = browser.cookies[django_settings.SESSION_COOKIE_NAME].value
    with as_role("arasha_owner"):
        stored = [bytes(row.pk) for row in [*Session.objects.all(), *WebSession.objects.all()]]
    assert len(set(stored)) == len(stored) >= 2
    assert all(token.encode() not in value for value in stored)


def test_signing_out_ends_the_session_for_the_database_too(browser: Client, guardian: Person) -> None:
    token = browser.cookies[django_settings.SESSION_COOKIE_NAME].value
    store = import_module(django_settings.SESSION_ENGINE).SessionStore(token)
    store.flush()
    browser.cookies[django_settings.SESSION_COOKIE_NAME] = token
    assert get(browser, "/self/").status_code == 302
    with as_role("arasha_owner"):
        assert Session.objects.filter(user=guardian.user_id, ended_at__isnull=False).count() == 1


def test_a_session_ends_with_the_last_post(browser: Client, guardian: Person) -> None:
    assert get(browser, "/self/").status_code == 200
    with cast.building():
        administrator = cast.make_person(cast.make_unit("accounts", "administration"))
    with cast.acting(administrator):
        seat(post_id=guardian.post_id, user_id=None)
    assert get(browser, "/self/").status_code == 302


def test_when_one_of_two_posts_ends_the_other_is_acted_in(browser: Client, guardian: Person) -> None:
    assert get(browser, "/self/").status_code == 200
    with cast.building():
        user = User.objects.get(pk=guardian.user_id)
        second = cast.make_post(Unit.objects.get(pk=guardian.unit_id), user)
        administrator = cast.make_person(cast.make_unit("accounts", "administration"))
    with cast.acting(administrator):
        seat(post_id=guardian.post_id, user_id=None)
    assert get(browser, "/self/").content.decode() == f"{guardian.user_id} {second.pk} {guardian.user_id}"
