"""Consent withdrawn midway, over HTTP: sharing and the referral stop at once, the receivers hear it, help goes on."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from arasha.kernel.access.models import Member
from arasha.kernel.access.rules import Facet
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.models import Notice
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.tests import cast
from arasha.plans import queries as plans
from arasha.plans.tests.referred import Service, send, service, stands
from arasha.sharing.models import Consent
from arasha.sharing.tests.cast import UNTIL, Family, make_family
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def girl(db: None) -> Family:
    """A girl of 14 with her parents, in a case."""
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
    return make_family(age=14)


def answer(family: Family, unit: int, **more: Any) -> Consent:
    """Let the girl answer at the lead's desk."""
    said = {"once": uuid4(), "giver": "child", "answer": "given", "unit": unit, "purposes": ["support"], "why": ""}
    said |= {"parts": ["contacts", "concern"], "until": UNTIL.isoformat(), "explained": "on", "way": "spoken"}
    said |= {"witness": "Мейірбике Сәуле", "wishes": "Мамама айтпаңыз"}
    sent = cast.browser_of(family.team.lead).post(f"/files/{family.dossier}/sharing/consent/", said | more)
    assert sent.status_code == 302
    with as_owner():
        return Consent.objects.latest("at")


def open_parts(family: Family, to: Service) -> list[str]:
    with as_owner():
        found = Member.objects.filter(dossier=family.dossier, unit=to.worker.unit, ended_at=None)
        return sorted(found.values_list("reason", flat=True))


def test_consent_withdrawn_midway(girl: Family) -> None:
    centre = service(girl.team, "Отбасы орталығы")
    page = f"/files/{girl.dossier}/sharing/"
    lead = cast.browser_of(girl.team.lead)
    consent = answer(girl, centre.worker.unit.pk)
    lead.post(f"{page}consent/{consent.pk}/share/")
    referral = send(girl.team, centre, now=datetime.now(UTC), consent="child")
    assert open_parts(girl, centre) == ["referral", "sharing"]
    assert girl.reads(centre.worker, Facet.CONCERN)

    # The girl tells the nurse, who does not lead, that she wants it no more.
    nurse = cast.browser_of(girl.team.nurse)
    shown = nurse.get(page).content.decode()
    assert "The consent was taken back" in shown
    assert "Let them read" not in shown
    nurse.post(f"{page}consent/{consent.pk}/withdraw/")
    assert open_parts(girl, centre) == ["referral"]
    shown = lead.get(page).content.decode()
    assert "A referral still rests on a consent that ended" in shown
    assert f"/plans/referrals/{referral.pk}/" in shown
    with as_owner():
        told = set(Notice.objects.values_list("code", "unit"))
    assert ("sharing_ended", centre.worker.unit.pk) in told
    assert ("consent_withdrawn", girl.team.lead.unit.pk) in told
    assert ("referral_without_consent", girl.team.lead.unit.pk) in told

    # What was shared stays on record; another ground holds, and help goes on.
    with as_owner():
        verbs = set(Act.objects.filter(stream_key=str(girl.dossier)).values_list("verb", flat=True))
    assert {"record_consent", "share_file", "withdraw_consent", "tell_sharing_ended"} <= verbs
    assert "What was opened before" in shown
    said = {"once": uuid4(), "ground": "danger", "words": "Бүгін түнде үйде қауіп бар", "parts": ["concern"]}
    said |= {"unit": centre.worker.unit.pk, "purposes": ["safety"], "until": UNTIL.isoformat()}
    assert lead.post(f"{page}without/", said).status_code == 302
    assert girl.reads(centre.worker, Facet.CONCERN)


def test_the_lead_who_writes_it_down_takes_the_referral_back_with_it(girl: Family) -> None:
    centre = service(girl.team, "Отбасы орталығы")
    consent = answer(girl, centre.worker.unit.pk)
    referral = send(girl.team, centre, now=datetime.now(UTC) - timedelta(hours=1), consent="child")
    lead = cast.browser_of(girl.team.lead)
    lead.post(f"/files/{girl.dossier}/sharing/consent/{consent.pk}/withdraw/")
    assert plans.state_of(stands(referral)) == "withdrawn"
    assert open_parts(girl, centre) == []
    assert not girl.reads(centre.worker, Facet.IDENTITY)


def test_the_mother_says_yes_and_the_girl_says_no(girl: Family) -> None:
    school = girl.team.outsider
    lead, page = cast.browser_of(girl.team.lead), f"/files/{girl.dossier}/sharing/"
    answer(girl, school.unit.pk, answer="refused")
    yes = answer(girl, school.unit.pk, giver=f"adult:{girl.mother}", parts=["education"])
    shown = lead.post(f"{page}consent/{yes.pk}/share/", follow=True).content.decode()
    assert "Nothing can rest on this answer" in shown
    assert "Says no" in shown
    assert not girl.reads(school)
