"""A child's risk is judged too low, raised by a colleague, answered by a plan that is safe to carry, and decided on."""

import io
from typing import Any
from uuid import UUID

import pypdf
import pytest
from django.test import Client

from arasha.cases import actions as cases
from arasha.kernel.access.models import Look
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.queries import own
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from arasha.plans.tests.stage import HOSTILE, Stage, make_stage
from tests.database import as_owner

pytestmark = pytest.mark.django_db
PLAN: dict[str, Any] = {
    "own_steps": f"Бөлмеге кіремін\n{HOSTILE}",
    "people": "Апам 8 701 000 00 00",
    "services_1": "Психолог келеді",
    "language": "kk",
    "carry": "yes",
    "kept": "with_child",
    "agreed": ["child"],
    "after": "0",
}


@pytest.fixture
def stage(db: None) -> Stage:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=NOW, using="default")
    return make_stage(cast.make_district())


def at(dossier: UUID, page: str) -> str:
    return f"/plans/{dossier}/{page}/"


def filled(browser: Client, address: str, **changes: Any) -> dict[str, Any]:
    """Return the plan's form as the page offers it, with what is written."""
    page = browser.get(f"{address}?edit=1").context
    shown, kept = page["form"], page["kept"]
    changes = {"revision": kept.revision, "seen": kept.seen} | changes
    day = shown.initial["review_on"]  # a day, or what somebody typed before
    return {**PLAN, "review_on": day if isinstance(day, str) else f"{day:%d.%m.%Y}", **changes}


def test_risk_plan_and_entitlement_from_the_first_judgement_to_the_decision(stage: Stage) -> None:
    actor = stage.coordinator.enter()
    cases.name_concern(actor=actor, dossier=stage.dossier, code="sexual", setting="home", now=NOW)
    browser, risk = cast.browser_of(stage.coordinator), at(stage.dossier, "risk")
    assert "Nobody has judged the risk yet" in browser.get(risk).content.decode()
    low = browser.post(risk, {"level": "low", "reasons": ["child_afraid"]})
    assert low.status_code == 422
    assert "the rules suggest: high" in low.content.decode()
    assert browser.post(risk, {"level": "high", "reasons": ["child_afraid"], "words": "Қорқады"}).status_code == 302
    page = browser.get(risk).content.decode()
    assert "As the rules suggested" in page
    assert "Қорқады" in page
    file = browser.get(f"/files/{stage.dossier}/").content.decode()
    assert "Risk and plan" in file
    assert "An answer to the risk" in file
    assert "risk_raised" in {notice.code for notice in own(stage.coordinator.enter())}
    _plan(stage)
    _decide(stage)


def _plan(stage: Stage) -> None:
    browser, address = cast.browser_of(stage.protection), at(stage.dossier, "safety-plan")
    empty = browser.post(address, filled(browser, address, own_steps="", people="", services_1=""))
    assert empty.status_code == 422
    assert "Write at least one thing" in empty.content.decode()
    assert browser.post(address, filled(browser, address)).status_code == 302
    late = browser.post(address, filled(browser, address, own_steps="Басқаша", after="0"))
    assert late.status_code == 422
    assert "Басқаша" in late.content.decode()  # a colleague's newer version takes nothing that was typed
    content = browser.get(address).content.decode()
    assert "&lt;script&gt;" in content
    assert "<script>alert" not in content
    paper = browser.post(f"{address}print/", {"number": "1"})
    text = pypdf.PdfReader(io.BytesIO(paper.content)).pages[0].extract_text()
    assert "Бөлмеге" in text
    assert paper.headers["Content-Disposition"] == 'attachment; filename="list.pdf"'
    disguised = browser.post(f"{address}print/", {"number": "1", "disguised": "on"})
    hidden = pypdf.PdfReader(io.BytesIO(disguised.content)).pages[0].extract_text()
    assert "Апам" not in hidden
    assert "Мен не істей аламын" not in hidden
    with as_owner():
        assert Look.objects.filter(dossier=stage.dossier, kind="export", user=stage.protection.user).count() == 2
        assert Act.objects.filter(verb="print_safety_plan").count() == 2


def _decide(stage: Stage) -> None:
    browser, address = cast.browser_of(stage.protection), at(stage.dossier, "eligibility")
    page = browser.get(address).content.decode()
    assert "The assessment found a need of help" in page
    assert "Not known yet" in page
    assert browser.post(address, {"facts": "1", "fact_need": "yes"}).status_code == 302
    assert browser.post(address, {"facts": "1", "fact_criteria_score": "nine"}).status_code == 422
    assert browser.post(address, {"facts": "1", "fact_criteria_score": "9"}).status_code == 302
    assert "The conditions are met" in browser.get(address).content.decode()
    decision = {"rule": "special_social_services", "entitled": "no", "decided_by": "local_body"}
    day = browser.get(address).context["rules"][0]["form"].initial["decided_on"]
    decision["decided_on"] = f"{day:%d.%m.%Y}"
    refused = browser.post(address, decision)
    assert refused.status_code == 422
    assert "The rule answers otherwise" in refused.content.decode()
    assert browser.post(address, {**decision, "reason": "body_decided"}).status_code == 302
    assert "The child is not entitled" in browser.get(address).content.decode()


def test_nobody_else_finds_these_pages_and_the_barred_find_what_the_stranger_finds(stage: Stage) -> None:
    owner = cast.browser_of(stage.protection)
    address = at(stage.dossier, "safety-plan")
    assert owner.post(address, filled(owner, address)).status_code == 302
    stranger = cast.browser_of(stage.district.neighbour)
    for person in (stage.representative, stage.school):
        browser = cast.browser_of(person)
        for page in ("safety-plan", "safety-plan/1", "eligibility"):
            assert browser.get(at(stage.dossier, page)).status_code == 404, page
            assert browser.post(at(stage.dossier, page), {"fact": "need", "value": "yes"}).status_code in {404, 405}
        assert browser.post(f"{address}print/", {"number": "1"}).status_code == 404
    barred = cast.browser_of(stage.representative).get(at(stage.dossier, "risk"))
    assert (barred.status_code, stranger.get(at(stage.dossier, "risk")).status_code) == (404, 404)
    with as_owner():
        assert not Act.objects.filter(verb="print_safety_plan").exists()


def test_a_page_that_is_not_safe_to_carry_is_not_printed_and_says_so(stage: Stage) -> None:
    browser, address = cast.browser_of(stage.protection), at(stage.dossier, "safety-plan")
    assert browser.post(address, filled(browser, address, carry="no")).status_code == 302
    shown = browser.get(address).content.decode()
    assert "Print the child" not in shown
    assert "It is not printed" in shown
    assert browser.post(f"{address}print/", {"number": "1"}).status_code == 302
    assert browser.post(f"{address}print/", {"number": "1", "disguised": "on"}).status_code == 302
    assert browser.post(f"{address}print/", {"number": "x"}).status_code == 404
    with as_owner():
        assert not Act.objects.filter(verb="print_safety_plan").exists()
