"""The pages of entitlement and risk: all facts in one form, what a form says with its source, injuries for few."""

from html import unescape
from typing import Any

import pytest

from arasha.obligations.tests.cast import Person, browser_of
from arasha.plans.models import EligibilityFact
from arasha.plans.tests.filled import BEATEN, CRITERIA, DANGER, RAPID, handed_in
from arasha.plans.tests.stage import Stage
from arasha.plans.tests.test_risk_known import injure, joined, record
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def seen(stage: Stage, who: Person, name: str, sent: dict[str, Any] | None = None, **more: Any) -> tuple[int, str]:
    """Return the status and the words of a page, asked for or sent to."""
    browser = browser_of(who, language=more.get("language", "en"))
    address = f"/plans/{stage.dossier}/{name}/"
    answer = browser.get(address) if sent is None else browser.post(address, sent, follow=True)
    return answer.status_code, " ".join(unescape(answer.content.decode()).split())


def kept() -> dict[str, str]:
    with as_owner():
        return {row.fact: row.code or str(row.number) for row in EligibilityFact.objects.all()}


def test_all_facts_are_written_down_at_once(stage: Stage) -> None:
    status, page = seen(stage, stage.protection, "eligibility")
    assert (status, page.count("Write it down")) == (200, 1)
    sent = {"facts": "1", "fact_need": "yes", "fact_criteria_score": "7", "fact_homeless": ""}
    status, page = seen(stage, stage.protection, "eligibility", sent)
    assert status == 200
    assert kept() == {"need": "yes", "criteria_score": "7"}


@pytest.mark.parametrize("wrong", ["many", "-1", "1000", "9" * 400, "７x"])
def test_one_wrong_value_keeps_back_none_of_the_others_and_stays_to_be_mended(stage: Stage, wrong: str) -> None:
    sent = {"facts": "1", "fact_need": "yes", "fact_criteria_score": wrong, "fact_homeless": "no"}
    status, page = seen(stage, stage.protection, "eligibility", sent)
    assert status == 422
    assert kept() == {"need": "yes", "homeless": "no"}
    assert f'value="{wrong}"' in page
    assert "What could not be read stands below" in page


@pytest.mark.parametrize("sent", [{}, {"fact_need": ""}, {"fact_unheard_of": "yes"}, {"fact_age": "9"}])
def test_nothing_filled_in_keeps_nothing_and_says_so(stage: Stage, sent: dict[str, str]) -> None:
    status, page = seen(stage, stage.protection, "eligibility", {"facts": "1"} | sent)
    assert (status, kept()) == (422, {})
    assert "Nothing was filled in." in page


def test_two_windows_lose_nothing(stage: Stage) -> None:
    for score in ("5", "7"):
        seen(stage, stage.protection, "eligibility", {"facts": "1", "fact_criteria_score": score})
    _status, page = seen(stage, stage.protection, "eligibility")
    with as_owner():
        assert EligibilityFact.objects.count() == 2
    # Both stand at one moment: what was written later is the newer one.
    assert "Before: 5" in page
    assert "Before: 7" not in page


def test_who_may_not_write_plans_is_offered_nothing_and_keeps_nothing(stage: Stage) -> None:
    for person in (stage.school, stage.representative, stage.district.neighbour):
        assert seen(stage, person, "eligibility", {"facts": "1", "fact_need": "yes"})[0] == 404
    assert kept() == {}


@pytest.mark.parametrize(
    ("language", "words"), [("kk", "1000-редакция"), ("ru", "редакция 1000"), ("en", "version 1000")]
)
def test_a_score_of_a_form_is_shown_with_its_version_and_asked_of_nobody(
    stage: Stage, language: str, words: str
) -> None:
    handed_in(stage.coordinator, stage.dossier, CRITERIA, BEATEN)
    _status, page = seen(stage, stage.protection, "eligibility", language=language)
    assert words in page
    assert "fact_criteria_score" not in page
    assert "fact_need" in page


def test_a_form_and_a_hand_that_differ_stand_both_on_the_page(stage: Stage) -> None:
    handed_in(stage.coordinator, stage.dossier, CRITERIA, BEATEN)
    _status, page = seen(
        stage, stage.protection, "eligibility", {"facts": "1", "fact_criteria_score": "4", "fact_need": "yes"}
    )
    assert "written down otherwise by hand" in page
    assert "fact_criteria_score" in page


def test_the_risk_page_says_by_which_form_it_suggests(stage: Stage) -> None:
    handed_in(stage.coordinator, stage.dossier, RAPID, DANGER)
    status, page = seen(stage, stage.coordinator, "risk")
    assert status == 200
    assert "The rapid assessment: immediate danger" in page
    assert "version 1000" in page
    status, page = seen(stage, stage.coordinator, "risk", {"level": "low"})
    assert (status, "Say why you choose a lower level" in page) == (422, True)


def test_what_injuries_add_stands_on_the_page_of_who_reads_health_alone(stage: Stage) -> None:
    doctor, police = stage.district.doctor, stage.district.inspector
    joined(stage, doctor, police)
    before = seen(stage, police, "risk")[1]
    injure(stage, doctor)
    assert "strangled" in seen(stage, doctor, "risk")[1]
    after = seen(stage, police, "risk")[1]
    assert "strangled" not in after
    assert _without_tokens(after) == _without_tokens(before)


def _without_tokens(page: str) -> str:
    """Leave out what is another at each look whatever is known: the tokens of forms."""
    first, *rest = page.split('name="csrfmiddlewaretoken" value="')
    return "".join([first, *(part.partition('"')[2] for part in rest)])


def test_an_incident_is_a_ground_on_the_page_and_in_what_was_kept(stage: Stage) -> None:
    record(stage, frequency="daily", goes_on=True)
    assert "What is recorded is still going on" in seen(stage, stage.coordinator, "risk")[1]
    page = seen(stage, stage.coordinator, "risk", {"level": "very_high"})[1]
    assert "What the suggestion rested on" in page
