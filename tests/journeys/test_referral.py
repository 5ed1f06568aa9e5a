"""A girl is referred, over HTTP: declined twice, silent, accepted by the third; then the consent is withdrawn."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client

from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.models import Member
from arasha.kernel.messages.models import Notice
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.models import Escalation, Obligation
from arasha.obligations.tests import cast
from arasha.plans import actions
from arasha.plans.models import Referral
from arasha.plans.tests.district import Team, make_team
from arasha.plans.tests.referred import Service, service
from tests.database import as_owner

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"')
# The test is one transaction, in which time stands still; two refusals in life never fall into one moment.
EACH_ITS_OWN = """CREATE OR REPLACE FUNCTION worktime.now() RETURNS timestamptz LANGUAGE sql VOLATILE PARALLEL SAFE
AS $$ SELECT clock_timestamp() $$"""
SAID = {
    "urgency": "today",
    "why": "not_safe",
    "purpose": "psychological",
    "words": "Ұйықтай алмайды, әңгімелесу керек",
    "consent": "child_and_adult",
    "reads_days": "180",
}


@pytest.fixture
def team(db: None) -> Team:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=datetime.now(UTC), using="default")
        with connection.cursor() as cursor:
            cursor.execute(EACH_ITS_OWN)
    return make_team()


def page(browser: Client, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def form(body: str, marker: str) -> dict[str, str]:
    """Return the hidden fields of the form that holds a marker, as a browser sends them."""
    found = next(one for one in re.findall(r"<form.*?</form>", body, re.S) if marker in one)
    return {name: value for name, value in HIDDEN.findall(found) if name != "csrfmiddlewaretoken"}


def refer(browser: Client, team: Team, to: Service, after: UUID | None = None) -> UUID:
    """Refer the child on the page that the list of what fits leads to."""
    address = f"/plans/{team.dossier}/referrals/send/?offering={to.offered}" + (f"&after={after}" if after else "")
    sent = form(page(browser, address), 'name="purpose"') | SAID | {"unit": str(to.worker.unit.pk)}
    answer = browser.post(f"/plans/{team.dossier}/referrals/send/", sent, follow=True)
    assert "silence comes back to you by itself" in answer.content.decode(), answer.content.decode()[:3000]
    return UUID(answer.redirect_chain[-1][0].split("/")[3])


def step(browser: Client, referral: UUID, code: str, **said: str) -> str:
    address = f"/plans/referrals/{referral}/"
    sent = form(page(browser, address), f'value="{code}"') | said
    answer = browser.post(address, sent, follow=True)
    assert "Recorded." in answer.content.decode(), answer.content.decode()[:3000]
    return answer.content.decode()


def owed(referral: UUID) -> list[tuple[str, str, str]]:
    """Return what a referral made somebody owe: the step, how it stands, and by whom."""
    with as_owner():
        row = Referral.objects.select_related("duty", "back").get(pk=referral)
    found = [duty for duty in (row.duty, row.back) if duty is not None]
    return [(duty.step, duty.state, "sender" if duty.unit_id == row.from_unit_id else "receiver") for duty in found]


def test_a_referral_is_declined_twice_met_with_silence_and_kept_by_the_third(team: Team) -> None:
    first, second, third = (service(team, name) for name in ("Бірінші", "Екінші", "Үшінші"))
    lead = cast.browser_of(team.lead)
    row = refer(lead, team, first)
    assert owed(row) == [("answer_today", "open", "receiver")]
    # Its receiver finds the duty in its own work, and answers on the referral's page.
    worker = cast.browser_of(first.worker)
    duty = _duty(row)
    assert f"/obligations/{duty}/" in page(worker, "/obligations/")
    assert f"/plans/referrals/{row}/" in page(worker, f"/obligations/{duty}/")
    step(worker, row, "refuse", reason="age", said_by="own")
    page(worker, f"/plans/referrals/{row}/", 404)
    page(worker, f"/files/{team.dossier}/", 404)
    assert owed(row)[1] == ("choose_next_today", "open", "sender")
    assert f"offering={second.offered}&amp;after={row}" in page(lead, f"/plans/referrals/{row}/")
    # The second declines on the telephone: the lead writes it down, and it is owed all the same.
    row = refer(lead, team, second, after=row)
    step(lead, row, "refuse", reason="no_room", said_by="telephone")
    assert owed(row) == [("answer_today", "superseded", "receiver"), ("choose_next_today", "open", "sender")]
    row = refer(lead, team, third, after=row)
    _silence_climbs(team, row)
    _kept_and_taken_back(team, lead, third, row)


def _duty(referral: UUID) -> UUID:
    with as_owner():
        return UUID(str(Referral.objects.values_list("duty", flat=True).get(pk=referral)))


def _silence_climbs(team: Team, row: UUID) -> None:
    """Nobody answers: coordination hears by the sweep, and the sender owes the next step, by themselves."""
    later = datetime.now(UTC) + timedelta(hours=5)
    cast.sweep(later)
    assert actions.return_silent(actor=enter_system("watch_places"), now=later) == 1
    with as_owner():
        told = Escalation.objects.filter(obligation=_duty(row), outcome="told")
        assert list(told.values_list("unit", flat=True)) == [team.lead.unit.pk]  # the district's coordination
        assert Notice.objects.filter(code="referral_silent", unit=team.lead.unit).count() == 1
    assert owed(row) == [("answer_today", "overdue", "receiver"), ("choose_next_today", "open", "sender")]


def _kept_and_taken_back(team: Team, lead: Client, third: Service, row: UUID) -> None:
    today = f"{datetime.now(UTC) + timedelta(hours=5):%d.%m.%Y}"
    worker = cast.browser_of(third.worker)
    step(worker, row, "wait", urgency="today", why="not_safe", said_by="own")
    # It answered after all: what the sender owed is over, and the beginning is owed.
    assert owed(row) == [("begin_today", "open", "receiver"), ("choose_next_today", "superseded", "sender")]
    step(worker, row, "begin", on=today, said_by="own")
    assert owed(row)[0] == ("begin_today", "met", "receiver")
    # The family no longer agrees: what was opened closes with it, and nothing is owed.
    step(lead, row, "withdraw", reason="consent_withdrawn")
    page(worker, f"/plans/referrals/{row}/", 404)
    page(worker, f"/files/{team.dossier}/", 404)
    with as_owner():
        assert not Member.objects.filter(dossier=team.dossier, unit=third.worker.unit, ended_at=None).exists()
        running = Obligation.objects.filter(protocol__code="referral", state__in=["open", "overdue"])
        assert list(running.values_list("step", flat=True)) == []
    story = page(lead, f"/files/{team.dossier}/")
    for words in (
        "Referral sent",
        "The referral came back to whoever sent it",
        "Referral accepted",
    ):
        assert words in story
