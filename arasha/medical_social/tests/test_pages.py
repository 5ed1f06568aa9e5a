"""The register's pages: what each reader may do, what can't be taken, and the card."""

import io

import pytest
from pypdf import PdfReader

from arasha.medical_social import queries
from arasha.medical_social.models import EnrolmentStep
from arasha.medical_social.tests.test_register import KEPT, keep, notify, team
from arasha.obligations.tests import cast
from arasha.plans.tests.district import Team
from tests.database import as_owner

pytestmark = pytest.mark.django_db
__all__ = ["team"]


def at(team: Team) -> str:
    return f"/medical-social/{team.dossier}/"


def test_the_inspector_sends_the_notice_and_social_protection_takes_the_child_on(team: Team) -> None:
    inspector = cast.browser_of(team.district.inspector)
    assert inspector.post(at(team), {"do": "notify"}).status_code == 422
    assert inspector.post(at(team), {"do": "notify", "grounds": ["violence"]}).status_code == 302
    assert "notice was sent" in inspector.get(at(team)).content.decode()
    social = cast.browser_of(team.social)
    wrong = social.post(at(team), {"do": "keep", "needs": ["psychological"], "review_on": "31.12.2099"})
    assert wrong.status_code == 422
    assert "within three months" in wrong.content.decode()
    day = f"{KEPT.review_on:%d.%m.%Y}"
    assert social.post(at(team), {"do": "keep", "needs": ["psychological"], "review_on": day}).status_code == 302
    assert "is on the register" in social.get(at(team)).content.decode()
    assert at(team) in social.get("/medical-social/").content.decode()
    assert social.post(at(team), {"do": "keep", "needs": ["psychological"], "review_on": day}).status_code == 404


def test_the_card_is_given_to_who_keeps_it_and_put_down(team: Team) -> None:
    row = keep(notify(team), team.social)
    card = cast.browser_of(team.social).post(f"{at(team)}print/")
    assert card["Content-Type"] == "application/pdf"
    told = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(card.content)).pages)
    assert "45-17/203" not in told
    assert "psychologist" in told
    for who in (team.district.inspector, team.lead, team.teacher, team.outsider):
        assert cast.browser_of(who).post(f"{at(team)}print/").status_code == 404
    with as_owner():
        assert EnrolmentStep.objects.filter(enrolment=row, kind="printed").count() == 1


def test_the_list_holds_the_units_own_and_is_there_for_nobody_else(team: Team) -> None:
    keep(notify(team), team.social)
    assert cast.browser_of(team.district.inspector).get("/medical-social/").status_code == 404
    coordination = cast.browser_of(team.lead).get("/medical-social/")
    assert "Nobody is on your register" in coordination.content.decode()
    assert queries.kept_by(team.social.enter()).count() == 1


def test_a_stranger_finds_no_page_whatever_they_send(team: Team) -> None:
    keep(notify(team), team.social)
    browser = cast.browser_of(team.outsider)
    for data in ({}, {"do": "end", "reason": "mistake", "words": "x"}, {"do": "notify", "grounds": ["violence"]}):
        assert browser.post(at(team), data).status_code == 404
