"""A pupil's pages, asked as the role that serves the public: nothing is kept, and the last page is everybody's."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from arasha.doors import door
from arasha.doors.rules.flood import Allowance, Buckets
from arasha.obligations.tests.cast import NOW
from arasha.surveys import envelopes, rules
from arasha.surveys.tests.school import QUESTIONS, School, answered, as_pupils, closed, opened, opened_by
from arasha.surveys.views import pupils

urlpatterns = [path("class/", include("arasha.surveys.public_urls"))]
# What the process that serves the public has: no session, no cookie, no sign-in, no messages.
PUBLIC = (
    "django.middleware.security.SecurityMiddleware",
    "arasha.ui.middleware.LanguageMiddleware",
    "arasha.ui.middleware.PrivacyHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.common.CommonMiddleware",
)
WRONG = "This number opens nothing"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _public_process(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=PUBLIC):
        monkeypatch.setattr(pupils, "domain_now", lambda: NOW)
        door.forget_tries()
        yield


@pytest.fixture
def slips(school: School) -> list[str]:
    """An open survey's slips."""
    return opened(school.psychologist)[1]


def post(sent: dict[str, Any], address: str = "/class/?language=en") -> HttpResponse:
    with as_pupils():
        return Client(enforce_csrf_checks=True).post(address, sent)  # type: ignore[return-value]  # a test's response


def everything(slip: str, value: str = "1", **more: Any) -> dict[str, Any]:
    """Return what the last page sends."""
    said = {f"a{place}": value for place in range(1, len(QUESTIONS) + 1)}
    return {"slip": slip, "step": str(len(QUESTIONS)), "go": "next"} | said | more


def walked(slip: str, choose: str | None) -> list[HttpResponse]:
    """Go through every page, making a choice on each or none."""
    carried: dict[str, Any] = {"slip": rules.shown(slip)}
    answers = [post(carried)]
    while answers[-1].status_code == 200:
        context: Any = answers[-1].context  # type: ignore[attr-defined]  # the test client's
        step = context["step"]
        carried = {"slip": context["slip"], "step": str(step), "go": "next"}
        carried |= {f"a{place}": str(said) for place, said in context["carried"]}
        if step and choose is not None:
            carried[f"a{step}"] = ["0", choose]
        answers.append(post(carried))
    return answers


def test_a_pupil_goes_from_the_slip_through_every_question_to_the_last_page(slips: list[str]) -> None:
    answers = walked(slips[0], "1")
    assert [answer.status_code for answer in answers] == [200] * (len(QUESTIONS) + 1) + [302]
    assert answers[-1]["Location"] == "/class/end/?language=en"
    assert all(not answer.cookies for answer in answers)
    assert all(answer["Cache-Control"] == "no-store" for answer in answers)
    assert opened_by(slips[0]) is None


def test_whoever_answers_leaves_out_or_says_the_worst_gets_as_many_pages_and_the_same_last_one(
    slips: list[str],
) -> None:
    walks = [walked(slip, choose) for slip, choose in zip(slips, (None, "0", "1", "3"), strict=False)]
    assert len({len(walk) for walk in walks}) == 1
    assert len({tuple(sorted(walk[-1].headers.items())) for walk in walks}) == 1
    with as_pupils():
        ends = [Client().get(walk[-1]["Location"]).content for walk in walks]
    assert len(set(ends)) == 1
    for number in ("111", "112"):
        assert number in ends[0].decode()


def test_envelopes_are_of_one_length_whatever_is_in_them(school: School) -> None:
    survey, slips = opened(school.psychologist)
    for slip, choose in zip(slips, (None, "1", "4"), strict=False):
        walked(slip, choose)
    letters = envelopes.contents(survey).letters
    assert len(letters) == 3
    assert {len(letter) for letter in letters} == {113}


def test_a_step_back_keeps_what_was_said_and_another_language_too(slips: list[str]) -> None:
    page = post({"slip": slips[0], "step": "2", "a1": "2", "a2": "3", "go": "back"})
    context: Any = page.context  # type: ignore[attr-defined]  # the test client's
    assert context["step"] == 1
    assert [choice["on"] for choice in context["choices"]] == [False, True, False, False]
    assert (2, 3) in context["carried"]
    again = post({"slip": slips[0], "step": "1", "a1": "2", "a2": "3", "go": "stay"}, "/class/?language=ru")
    assert "Вопрос 1 из" in again.content.decode()


def test_a_survey_speaks_its_own_language_until_another_is_chosen(school: School) -> None:
    _survey, slips = opened(school.psychologist, language="ru")
    assert "Далее" in post({"slip": slips[0]}, "/class/").content.decode()
    assert "Next page" in post({"slip": slips[0]}, "/class/?language=en").content.decode()


@pytest.mark.parametrize(
    "typed", ["", "1", "0" * 12, "' OR ''='", "<script>", "\x00" * 12, "9" * 5000, "１２３４５６７８９０１２"]
)
def test_a_wrong_number_is_refused_and_does_not_come_back(slips: list[str], typed: str) -> None:
    answer = post({"slip": typed})
    assert answer.status_code == 422
    assert WRONG in answer.content.decode()
    assert "<script>" not in answer.content.decode()
    assert 'value="' + typed not in answer.content.decode() or not typed


def test_a_wrong_a_used_and_a_late_slip_get_one_answer(school: School) -> None:
    survey, slips = opened(school.psychologist)
    answered(slips[:1])
    bodies = {post({"slip": slips[0]}).content, post({"slip": "0" * 12}).content, post(everything(slips[0])).content}
    closed(school.psychologist, survey)
    bodies |= {post({"slip": slips[1]}).content, post(everything(slips[1])).content}
    assert len(bodies) == 1


@pytest.mark.parametrize(
    "hostile",
    [
        {"step": "-1"},
        {"step": "999999999999999999999"},
        {"step": "²"},
        {"step": ["1", "x"]},
        {"go": "anything"},
        {"a1": "99"},
        {"a1": "\x00"},
        {"a1": "1' OR 1=1"},
        {"a1": ["1", "2", "x" * 5000]},
        {"a99": "1", "sex": "1"},
    ],
)
def test_hostile_values_are_no_answers_and_break_nothing(school: School, hostile: dict[str, Any]) -> None:
    survey, slips = opened(school.psychologist)
    answer = post(everything(slips[0]) | hostile)
    assert answer.status_code in {200, 302}
    assert len(envelopes.contents(survey).letters) == (1 if answer.status_code == 302 else 0)


def test_when_the_file_is_gone_the_pupil_is_told_and_keeps_slip_and_answers(school: School) -> None:
    survey, slips = opened(school.psychologist)
    envelopes.destroy(survey)
    answer = post(everything(slips[0], "2"))
    assert answer.status_code == 503
    assert "Your slip is still good" in answer.content.decode()
    context: Any = answer.context  # type: ignore[attr-defined]  # the test client's
    assert {said for _place, said in context["carried"]} == {2}
    assert opened_by(slips[0]) is not None


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options"])
def test_other_methods_do_nothing(method: str) -> None:
    with as_pupils():
        assert getattr(Client(), method)("/class/").status_code == 405


@pytest.mark.parametrize("language", rules.LANGUAGES)
def test_every_age_has_its_pages_in_every_language(school: School, language: str) -> None:
    for called, age in zip("1234", rules.questionnaire().sheets, strict=False):
        _survey, slips = opened(school.psychologist, called=called, age=age.age, breakdown="sex")
        for step in range(len(age.questions) + 1):
            answer = post({"slip": slips[0], "step": str(step), "go": "next"}, f"/class/?language={language}")
            assert answer.status_code == 200
            assert f'lang="{language}"' in answer.content.decode()


def test_numbers_are_not_guessed_without_end_and_what_was_answered_is_carried(
    slips: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(door.BUCKETS, "slip", Buckets(Allowance(burst=3, every=600)))
    guessed = [post({"slip": f"00000000000{number}"}) for number in range(4)]
    assert [answer.status_code for answer in guessed] == [422, 422, 422, 429]
    late = post(everything(slips[0]))
    assert late.status_code == 429
    assert late.content.decode().count('type="hidden"') == len(everything(slips[0]))


def test_a_class_that_answers_from_one_address_is_never_held_up(
    slips: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(door.BUCKETS, "slip", Buckets(Allowance(burst=1, every=600)))
    assert [post(everything(slip)).status_code for slip in slips[:5]] == [302] * 5
