"""Languages, theme, headers and error pages, as a browser meets them."""

import re

import pytest
from django.core.exceptions import RequestDataTooBig
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from arasha.ui import views
from arasha.ui.middleware import language_of
from arasha.ui.rules.languages import keeps_language

LANGUAGES = ("kk", "ru", "en")
ERRORS = ("400", "403", "404", "413", "429", "500", "503", "form_expired")


def test_kazakh_is_read_unless_the_reader_chose_otherwise() -> None:
    request = RequestFactory().get("/", HTTP_ACCEPT_LANGUAGE="en-US,en")
    assert language_of(request) == "kk"
    request.COOKIES["arasha_language"] = "ru"
    assert language_of(request) == "ru"
    assert language_of(RequestFactory().get("/?language=en", HTTP_COOKIE="arasha_language=ru")) == "en"
    request.COOKIES["arasha_language"] = "de"
    assert language_of(request) == "kk"


def chosen(origin: str | None, **fields: str) -> HttpResponse:
    """Send the form of the languages from a page of `origin`."""
    headers = {"Origin": origin} if origin else {}
    return views.set_language(RequestFactory().post("/language/", fields, headers=headers))


def test_a_chosen_language_is_kept_and_leads_back() -> None:
    answer = chosen("http://testserver", language="ru", next="/cases/?sort=due")
    assert answer.headers["Location"] == "/cases/?sort=due"
    assert answer.cookies["arasha_language"].value == "ru"
    assert answer.cookies["arasha_language"]["httponly"]


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "http://testserver.evil.example"])
def test_another_site_cannot_change_the_language(origin: str | None) -> None:
    assert chosen(origin, language="ru").status_code == 400


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_a_language_form_never_leads_away(back: str) -> None:
    assert chosen("http://testserver", language="ru", next=back).headers["Location"] == "/"


def test_a_language_that_we_do_not_speak_is_refused() -> None:
    assert chosen("http://testserver", language="xx").status_code == 400


def sent_in(method: str, address: str) -> str:
    """Send a page of a form to an address; return the language that its answer keeps."""

    def view(_request: HttpRequest) -> HttpResponse:
        return HttpResponse("the next page")

    shown = keeps_language(view)
    answer = shown(RequestFactory().generic(method, address))
    return answer.cookies["arasha_language"].value if "arasha_language" in answer.cookies else ""


def test_a_form_that_is_sent_in_another_language_keeps_it_for_its_next_pages() -> None:
    assert sent_in("POST", "/fill/?language=ru") == "ru"
    assert sent_in("POST", "/fill/") == ""
    assert sent_in("POST", "/fill/?language=xx") == ""
    assert sent_in("GET", "/fill/?language=ru") == "", "a link that somebody sent changes nobody's language"


def test_the_theme_can_be_given_back_to_the_device() -> None:
    request = RequestFactory().post("/theme/", {"theme": "", "next": "/"}, HTTP_ORIGIN="http://testserver")
    assert views.set_theme(request).cookies["arasha_theme"].value == ""


@pytest.mark.django_db  # the table of addresses asks once what the instance is for
def test_every_page_forbids_inline_code_frames_caches_and_sensors() -> None:
    answer = Client().get("/no-such-page/")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "microphone=()" in answer.headers["Permissions-Policy"]


@pytest.mark.django_db  # the table of addresses asks once what the instance is for
def test_a_page_sets_no_cookie_by_itself() -> None:
    assert not Client().get("/no-such-page/").cookies


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_speaks_the_readers_language_without_the_database(name: str, language: str) -> None:
    request = RequestFactory().get("/", HTTP_COOKIE=f"arasha_language={language}")
    status = int(name) if name.isdigit() else 403
    answer = views.error_page(request, status, page=name)
    html = answer.content.decode()
    assert answer.status_code == status
    assert f'lang="{language}"' in html
    with translation.override("en"):
        english = views.error_page(RequestFactory().get("/?language=en"), status, page=name).content.decode()
    heading = re.search(r"<h1[^>]*>([^<]+)</h1>", html)
    assert heading is not None
    assert (heading[1] in english) is (language == "en")
    assert len(re.findall(r'<p class="govuk-body', html)) >= 3
    assert not re.search(r'\sstyle="|<script(?![^>]* src=)', html)


def test_what_is_not_there_and_what_is_not_yours_look_the_same() -> None:
    request = RequestFactory().get("/cases/1/")
    one = views.page_not_found(request, Exception("no such row"))
    other = views.page_not_found(request, Exception("row security hides it"))
    assert (one.content, dict(one.headers)) == (other.content, dict(other.headers))


def test_too_much_sent_is_told_from_what_could_not_be_read() -> None:
    request = RequestFactory().post("/")
    assert views.bad_request(request, RequestDataTooBig()).status_code == 413
    assert views.bad_request(request, Exception()).status_code == 400


def test_an_unreachable_database_is_told_from_a_fault_of_ours() -> None:
    def answer(error: Exception) -> int:
        try:
            raise error
        except type(error):
            return views.server_error(RequestFactory().get("/")).status_code

    assert answer(OperationalError("connection refused")) == 503
    assert answer(ValueError("ours")) == 500


def test_an_error_page_comes_even_when_the_session_is_broken() -> None:
    def gone() -> str:
        raise OperationalError("sessions are in the database")

    request = RequestFactory().get("/")
    request.user = SimpleLazyObject(gone)  # type: ignore[assignment]  # as the session middleware leaves it
    assert views.error_page(request, 500).status_code == 500


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "status"), [("training", 200), ("demonstration", 404), ("production", 404)])
def test_the_kit_is_for_training_instances_only(monkeypatch: pytest.MonkeyPatch, kind: str, status: int) -> None:
    monkeypatch.setattr("arasha.kernel.worktime.queries.instance_kind", lambda: kind)
    assert Client().get("/kit/").status_code == status
