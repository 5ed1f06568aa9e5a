"""A filled-in form on paper: the young person's safety plan on one page, and nothing that must stay off it."""

import io
from datetime import UTC, datetime

import pytest
from pypdf import PdfReader

from arasha.kernel.documents.actions import pdf
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.questionnaires.rules.form import Answers
from arasha.questionnaires.rules.printing import Part, printed
from arasha.questionnaires.tests.reading_forms import form_of, worked_out
from tests.database import as_owner

NOW = datetime(2026, 11, 27, 4, 0, tzinfo=UTC)
PLAN: Answers = {
    "mine": {
        "willing": "yes",
        "signs": "Түнде ұйықтай алмаймын, бәрі бос көрінеді",
        "alone_helps": "Домбыра тартамын",
        "away": "Нағашы әжемнің үйі",
        "dear": "Інім Нұрлан",
    },
    "people": {"person_1": "Әпкем, 8 701 000 00 00"},
    "around": {"stays": "Әпкем, таңға дейін", "means": "medicines sharp", "means_keeper": "Әжем"},
    "again": {"meet_on": "2026-11-28", "meet_where": "Емханада, сағат 10-да, психологпен"},
    "keeping": {"knows": "psychologist", "knows_not": "Өгей әкем", "copy": "paper"},
    "worker": {"worker_means": "Шкафтағы сейфте"},
}


def parts(language: str = "kk", plan: Answers = PLAN) -> tuple[Part, ...]:
    """Return the plan's parts."""
    return printed(form_of("suicide_safety_plan"), worked_out("suicide_safety_plan", plan), language)


def lines(language: str = "kk", plan: Answers = PLAN) -> dict[str, str]:
    """Return what was asked and answered, in one."""
    return {asked: answered for part in parts(language, plan) for asked, answered in part.lines}


def test_the_plan_says_the_young_persons_own_words_and_the_numbers_to_ring() -> None:
    said = lines()

    assert "Інім Нұрлан" in said.values()
    assert "111" in said[""]
    assert said["Уақытша алып қоямыз"] == "Дәрі · Өткір зат"
    assert said["Келесі кездесеміз"] == "28.11.2026"


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_where_things_lie_who_must_not_know_and_the_workers_part_stay_off_paper(language: str) -> None:
    said = " ".join([*lines(language), *lines(language).values()])

    for secret in ("сейфте", "Өгей әкем", "Кім білмеуі", "не должен знать", "must not know"):
        assert secret not in said


def test_what_nobody_answered_leaves_no_empty_line() -> None:
    assert all(answered for part in parts() for _, answered in part.lines)
    assert [part.title for part in parts(plan={})] == ["Кімге айтамын"], "the numbers alone"


def test_repeats_and_loose_questions_are_printed_in_their_order() -> None:
    visit: Answers = {
        "visit": {"outcome": "met"},
        "children": {"seen": [{"child_name": "Айлин"}, {"child_name": "Дамир"}]},
    }
    found = printed(form_of("home_visit"), worked_out("home_visit", visit), "en")
    names = [answered for part in found for asked, answered in part.lines if "given name" in asked]
    (loose,) = printed(form_of("satisfaction_child"), worked_out("satisfaction_child", {"whole": "good"}), "en")

    assert names == ["Айлин", "Дамир"]
    assert loose.title == ""
    assert ("How was the help on the whole?", "Good") not in loose.lines
    assert "Good" in dict(loose.lines).values()


def test_nothing_of_the_talk_with_the_mother_reaches_paper() -> None:
    before = {"alone": "yes", "ok_to_talk": "yes", "stop_agreed": "yes", "told_limits": "yes"}
    given: Answers = {"before": before, "danger": {"harm": "hits"}, "contact": {"trace": "nothing"}}

    assert printed(form_of("mother_asked_alone"), worked_out("mother_asked_alone", given), "ru") == ()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_the_plan_is_one_page_that_can_be_handed_over(language: str) -> None:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=NOW, using="default")
    content = pdf(
        template="questionnaires/filled_in.typ",
        title="Менің қауіпсіздік жоспарым",
        data={"parts": [{"title": part.title, "lines": part.lines} for part in parts(language)]},
        language=language,
        now=NOW,
    )
    document = PdfReader(io.BytesIO(content))
    words = " ".join(document.pages[0].extract_text().replace("\u200b", "").split())

    assert len(document.pages) == 1
    assert "Інім Нұрлан" in words
    assert "Шкафтағы" not in words
