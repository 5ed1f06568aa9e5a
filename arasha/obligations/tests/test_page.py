"""The page of one obligation, as each of the cast sees it in each language."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from arasha.kernel.access.models import Look, User
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations import queries
from arasha.obligations.actions import meet, sweep_batch
from arasha.obligations.models import Answer, Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import District, Person
from tests.database import as_owner

HOUR = timedelta(hours=1)
WORDS = "The child is safe with her grandmother."
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _training() -> None:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")


def reported(district: District, *, hours_ago: float = 0) -> Obligation:
    """Report some hours before the real now, because requests take their moment from the clock."""
    return cast.report(district, at=datetime.now(UTC) - hours_ago * HOUR)


def show(who: Person | Client, obligation: Obligation, language: str = "en") -> HttpResponse:
    browser = who if isinstance(who, Client) else cast.browser_of(who, language=language)
    response = browser.get(queries.link(obligation.id))
    assert isinstance(response, HttpResponse)
    return response


def send(browser: Client, obligation: Obligation, answer: str) -> HttpResponse:
    response = browser.post(f"{queries.link(obligation.id)}meet/", {"answer": answer})
    assert isinstance(response, HttpResponse)
    return response


def text_of(response: HttpResponse) -> str:
    """Return the words of the page's main part, without markup."""
    main = response.content.decode().split('<main class="a-main" id="main">')[1].split("</main>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)).replace("\u00a0", " ")


def test_the_link_in_notices_is_the_pages_address() -> None:
    number = uuid4()
    assert queries.link(number) == reverse("obligations:page", kwargs={"obligation": number})


def test_who_owes_reads_what_by_when_how_it_was_computed_and_why(district: District) -> None:
    obligation = reported(district)
    response = show(district.inspector, obligation)
    words = text_of(response)
    assert response.status_code == 200
    name = district.inspector.unit.name_en
    for part in (
        f"{name} owes a written answer by tomorrow,",
        "24 hours left",
        "when the signal came in",
        "the clock runs through nights and days off",
        "not extended, not suspended",
        "say in writing what was done",
        "Standard operating procedure for medical staff",
        "act not verified",
        "text not yet checked by a lawyer",
        "The unit above",
        "if still silent",
        "Record that it is met",
    ):
        assert part in words, part


def test_who_oversees_reads_it_and_may_decide_but_not_answer(district: District) -> None:
    words = text_of(show(district.coordinator, reported(district)))
    assert "Record that it is met" not in words
    assert "You supervise this obligation" in words


@pytest.mark.parametrize("who", ["doctor", "neighbour", "police_head", "region"])
def test_to_an_outsider_the_page_is_the_one_of_what_does_not_exist(district: District, who: str) -> None:
    obligation = reported(district)
    cast.end_opening(obligation.dossier_id)
    browser = cast.browser_of(getattr(district, who))
    there = browser.get(queries.link(obligation.id))
    nowhere = browser.get(queries.link(uuid4()))
    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.content == nowhere.content
    answered = browser.post(f"{queries.link(obligation.id)}meet/", {"answer": WORDS})
    assert answered.status_code == 404
    with as_owner():
        assert not Answer.objects.exists()


def test_a_barred_inspector_finds_nothing_and_the_page_does_not_say_who_was_passed_over(district: District) -> None:
    now = datetime.now(UTC)
    obligation = cast.report(district, at=now, bars=[{"user_id": district.inspector.user}])
    assert show(district.inspector, obligation).status_code == 404
    words = text_of(show(district.coordinator, obligation))
    assert "takes the place of another body" in words
    assert district.inspector.unit.name_en not in words


def test_the_reporter_stands_nowhere_on_the_page(district: District) -> None:
    obligation = reported(district)
    page = show(district.coordinator, obligation).content.decode()
    with as_owner():
        name = User.objects.get(pk=district.doctor.user).name
    for secret in (district.doctor.unit.name_en, district.doctor.unit.body.name_en, name):
        assert secret not in page


def test_the_answer_is_recorded_once_and_shown_with_who_and_when(district: District) -> None:
    obligation = reported(district)
    browser = cast.browser_of(district.inspector)
    assert send(browser, obligation, WORDS).status_code == 302
    words = text_of(show(browser, obligation))
    assert f"{district.inspector.unit.name_en} has given it: a written answer" in words
    assert WORDS in words
    assert "Recorded: the obligation is met." in words
    assert "Record that it is met" not in words


def test_a_second_click_is_told_that_it_is_met_and_loses_no_words(district: District) -> None:
    obligation = reported(district)
    browser = cast.browser_of(district.inspector)
    send(browser, obligation, WORDS)
    again = send(browser, obligation, "What a faster colleague did not know.")
    words = text_of(again)
    assert again.status_code == 409
    assert "It was met before – worker," in words
    assert "What a faster colleague did not know." in words
    with as_owner():
        assert Answer.objects.count() == 1


@pytest.mark.parametrize(("answer", "error"), [("", "Write what was done"), ("x" * 20_001, "too long")])
def test_a_faulty_form_comes_back_with_what_was_typed(district: District, answer: str, error: str) -> None:
    obligation = reported(district)
    response = send(cast.browser_of(district.inspector), obligation, answer)
    assert response.status_code == 422
    assert error in text_of(response)
    assert f">\n{answer}</textarea>" in response.content.decode()


def test_a_late_one_says_so_and_shows_who_was_told(district: District) -> None:
    obligation = reported(district, hours_ago=39.5)
    sweep_batch(actor=cast.sweeper(), now=datetime.now(UTC))
    words = text_of(show(district.police_head, obligation))
    assert "15 hours late" in words
    assert "since" in words
    assert f"Reported upwards. To: {district.police_head.unit.name_en}" in words
    assert "The time limit passed without an answer" in words
    assert 'class="is-here" aria-current="step"' in show(district.police_head, obligation).content.decode()


def test_an_erased_answer_is_said_to_be_erased(district: District, monkeypatch: pytest.MonkeyPatch) -> None:
    obligation = reported(district)
    meet(actor=district.inspector.enter(), obligation=obligation.id, answer=WORDS, now=datetime.now(UTC))
    monkeypatch.setattr("arasha.obligations.queries.words.open_many", lambda sealed: [None for _value in sealed])
    assert "The text was erased as the law asks." in text_of(show(district.inspector, obligation))


@pytest.mark.parametrize(
    ("language", "parts"),
    [
        ("kk", ["жазбаша жауап", "Мерзім қалай есептелді", "Құқықтық негіз", "заңгер әлі тексермеген", "Саты"]),
        ("ru", ["письменный ответ", "Как вычислен срок", "Правовое основание", "юрист ещё не проверил", "Ступени"]),
    ],
)
def test_the_page_speaks_the_readers_language(district: District, language: str, parts: list[str]) -> None:
    words = text_of(show(district.inspector, reported(district), language))
    for part in parts:
        assert part in words, part
    for english in ("owes", "How this", "Legal basis", "round the clock", "if still silent", "Record"):
        assert english not in words, english


def test_opening_the_page_is_a_look_at_the_file(district: District) -> None:
    obligation = reported(district)
    show(district.inspector, obligation)
    with as_owner():
        look = Look.objects.get(kind="open")
    assert (look.user, look.dossier) == (district.inspector.user, obligation.dossier_id)
