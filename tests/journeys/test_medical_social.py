"""A girl who saw her mother beaten is owed help, and nobody finds afterwards that she was on a register."""

from datetime import timedelta

import pytest

from arasha.coordination.queries import blocks_closing, owed_in
from arasha.medical_social.rules import REVIEW
from arasha.medical_social.tests.test_register import keep, notify, team
from arasha.obligations.models import Escalation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW
from arasha.plans.tests.district import Team
from tests.database import as_owner

pytestmark = pytest.mark.django_db
__all__ = ["team"]


def test_from_notice_to_an_end_that_leaves_no_trace_outside(team: Team) -> None:
    address = f"/medical-social/{team.dossier}/"
    police, social = cast.browser_of(team.district.inspector), cast.browser_of(team.social)
    assert police.post(address, {"do": "notify", "grounds": ["witness"]}).status_code == 302
    day = f"{(NOW + REVIEW).date():%d.%m.%Y}"
    kept = {"do": "keep", "needs": ["psychological", "violence"], "review_on": day, "words": "Анасы да көмек алады"}
    assert social.post(address, kept).status_code == 302
    team.lead.enter()
    assert [duty.step for duty in owed_in(team.dossier) if blocks_closing(duty)] == ["review_enrolment"]
    assert social.post(address, {"do": "end", "reason": "need_over", "words": "Қажет емес"}).status_code == 302
    for who in (team.district.inspector, team.teacher, team.doctor):
        page = cast.browser_of(who).get(f"/files/{team.dossier}/story/").content.decode()
        assert "medical-social" not in page, who
    assert "No notice was sent" not in cast.browser_of(team.lead).get(address).content.decode()
    team.lead.enter()
    assert not any(blocks_closing(duty) for duty in owed_in(team.dossier) if "enrolment" in duty.step)


def test_when_nobody_goes_through_it_the_silence_climbs(team: Team) -> None:
    keep(notify(team), team.social)
    later = NOW + timedelta(days=70)
    cast.sweep(later)
    with as_owner():
        told = Escalation.objects.filter(obligation__step="review_enrolment", outcome="told")
        assert told.exists()
