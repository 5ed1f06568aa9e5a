"""The staff's pages, from an empty list to results; who is not of the school sees none of it."""

import io
import re
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from pypdf import PdfReader

from arasha.obligations.tests import cast
from arasha.surveys import queries, rules
from arasha.surveys.models import Survey
from arasha.surveys.tests.school import QUESTIONS, School, answered, as_pupils, begun, closed, opened
from tests.database import as_owner

pytestmark = pytest.mark.django_db
SENT = {"called": "7А", "age": "middle", "language": "ru", "enrolment": "20", "breakdown": "none"}
NUMBER = re.compile(r"\b\d{4} \d{4} \d{4}\b")


def as_it_stands(browser: Client, page: str) -> str:
    """Return a page without its token against forged forms."""
    shown = browser.get(f"{page}?language=en").content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", shown)


@pytest.fixture
def browser(school: School) -> Client:
    return cast.browser_of(school.psychologist)


def words_of(answer: Any) -> str:
    assert answer["Content-Type"] == "application/pdf"
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split())


def test_a_survey_from_the_empty_list_to_the_printed_results(school: School, browser: Client) -> None:
    assert "No class was asked yet" in browser.get("/surveys/?language=en").content.decode()
    begun_at = browser.post("/surveys/begin/", SENT)
    page = begun_at["Location"]
    assert "Print the slips" in browser.get(f"{page}?language=en").content.decode()
    printed = words_of(browser.post(f"{page}slips/", {"count": "12"}))
    slips = ["".join(number.split()) for number in NUMBER.findall(printed)]
    assert len(set(slips)) == 12
    assert printed.count("/class/") == 12
    assert "7А" in printed
    browser.post(f"{page}open/")
    shown = as_it_stands(browser, page)
    assert "The class is answering" in shown
    answered(slips[:11])
    assert as_it_stands(browser, page) == shown
    assert "can’t be taken back" in browser.get(f"{page}close/?language=en").content.decode()
    browser.post(f"{page}close/")
    results = browser.get(f"{page}?language=en").content.decode()
    assert "&gt; 90 %" in results
    assert "10 to 14 answered" in results
    assert "11" not in re.sub(r"\d+[-–]\d+|data-\S+", "", results.partition("a-survey")[2]).partition("</section>")[0]
    document = words_of(browser.get(f"{page}document/?language=en"))
    assert "> 90 %" in document
    assert document.count("> 90 %") == len(QUESTIONS)


def test_a_withheld_result_says_why(school: School, browser: Client) -> None:
    survey, slips = opened(school.psychologist)
    answered(slips[:9])
    closed(school.psychologist, survey)
    page = browser.get(f"/surveys/{survey}/?language=en").content.decode()
    assert "Fewer than ten pupils answered" in page
    assert "a-survey" not in page
    assert browser.get(f"/surveys/{survey}/document/").status_code == 404


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"enrolment": "9"}, "enrolment"),
        ({"enrolment": "61"}, "enrolment"),
        ({"enrolment": "x"}, "enrolment"),
        ({"age": "adult"}, "age"),
        ({"breakdown": "nationality"}, "breakdown"),
        ({"language": "de"}, "language"),
        ({"called": ""}, "called"),
        ({"called": "7" * 13}, "called"),
        ({"called": "7\x00А"}, "called"),
    ],
)
def test_what_is_wrong_with_a_class_is_said_at_its_field(browser: Client, wrong: dict[str, str], field: str) -> None:
    answer = browser.post("/surveys/begin/", SENT | wrong)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    with as_owner():
        assert not Survey.objects.exists()


def test_a_class_that_was_just_asked_is_refused_with_its_reason(school: School, browser: Client) -> None:
    begun(school.psychologist)
    answer = browser.post("/surveys/begin/?language=en", SENT | {"called": "7A"})
    assert answer.status_code == 422
    assert "what one pupil answered" in answer.content.decode()


@pytest.mark.parametrize("count", ["9", "21", "", "x", "-1"])
def test_slips_are_as_many_as_pupils_may_be(school: School, browser: Client, count: str) -> None:
    survey = begun(school.psychologist)
    answer = browser.post(f"/surveys/{survey.pk}/slips/", {"count": count})
    assert answer.status_code == 422


def test_a_survey_without_slips_is_not_opened_and_says_what_to_do(school: School, browser: Client) -> None:
    survey = begun(school.psychologist)
    answer = browser.post(f"/surveys/{survey.pk}/open/?language=en", follow=True)
    assert "Print the slips first" in answer.content.decode()


def test_what_was_done_meanwhile_is_said_and_breaks_nothing(school: School, browser: Client) -> None:
    survey, _slips = opened(school.psychologist)
    answer = browser.post(f"/surveys/{survey}/slips/?language=en", {"count": "12"}, follow=True)
    assert "went on meanwhile" in answer.content.decode()
    closed(school.psychologist, survey)
    assert browser.post(f"/surveys/{survey}/close/").status_code == 302


@pytest.mark.parametrize("who", ["elsewhere", "department", "doctor"])
@pytest.mark.parametrize("step", ["", "slips/", "open/", "close/", "document/"])
def test_to_everybody_else_the_survey_does_not_exist(school: School, who: str, step: str) -> None:
    survey, _slips = opened(school.psychologist)
    browser = cast.browser_of(getattr(school, who))
    nobodys = UUID("5f0e7c7e-52c4-4f4c-9d5a-0c6e7f6d3b21")
    for send in (browser.get, browser.post):
        there, nothing = send(f"/surveys/{survey}/{step}"), send(f"/surveys/{nobodys}/{step}")
        assert there.status_code == nothing.status_code
        assert there.status_code in {404, 405}


def test_a_department_reads_what_was_released_and_may_begin_nothing(school: School) -> None:
    survey, slips = opened(school.psychologist)
    answered(slips)
    closed(school.psychologist, survey)
    browser = cast.browser_of(school.department)
    shown = browser.get("/surveys/?language=en").content.decode()
    assert f"/surveys/{survey}/" in shown
    assert "Begin a survey" not in shown
    assert "not added up" in shown
    assert "&gt; 90 %" in browser.get(f"/surveys/{survey}/").content.decode()
    assert browser.get("/surveys/begin/").status_code == 404
    assert browser.post(f"/surveys/{survey}/close/").status_code == 404


def test_two_classes_are_shown_apart_and_added_up_nowhere(school: School, browser: Client) -> None:
    """Of 20 and 21 pupils: a sum of the two, or of the school without one, would tell of the one who is left."""
    for called, answers in (("7А", 20), ("7Б", 21)):
        survey, slips = opened(school.psychologist, slips=21, called=called, enrolment=21)
        answered(slips[:answers])
        closed(school.psychologist, survey)
    listed = browser.get("/surveys/?language=en").content.decode()
    assert "%" not in listed.partition("<main")[2]
    found = [queries.releases_of(one) for one in queries.surveys(school.psychologist.enter())]
    assert [len(releases) for releases in found] == [1, 1]
    assert {releases[0].answers for releases in found} == {20}


def test_answers_stand_in_the_order_of_the_questionnaire(school: School, browser: Client) -> None:
    survey, slips = opened(school.psychologist)
    answered(slips)
    closed(school.psychologist, survey)
    (table,) = browser.get(f"/surveys/{survey}/?language=en").context["tables"]
    asked = [str(choice.words.en) for choice in QUESTIONS[0].choices]
    assert [row["choice"] for row in table["questions"][0]["rows"]] == [*asked, "I don’t want to say"]


def test_the_rail_leads_to_surveys_who_may_see_them(school: School) -> None:
    assert "/surveys/" in cast.browser_of(school.psychologist).get("/").content.decode()
    assert "/surveys/" in cast.browser_of(school.department).get("/").content.decode()
    assert "/surveys/" not in cast.browser_of(school.doctor).get("/").content.decode()


def test_every_outcome_and_share_has_its_words(school: School) -> None:
    from arasha.surveys.views import words  # noqa: PLC0415 - its words are translated when they are asked for

    for outcome in ("not_opened", "small_class", "few_slips", "few_answers", "lost", "disturbed"):
        assert words.why_nothing(outcome)
    codes = ["under10", "over90", *(f"about{n}" for n in range(10, 100, 10)), *(f"from{n}" for n in (10, 30, 50, 70))]
    assert len({words.share(code) for code in codes}) == len(codes)
    assert all(0 < words.length(code) < 100 for code in codes)
    with as_pupils():
        assert rules.questionnaire().title
