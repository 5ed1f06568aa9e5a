"""A child moves to another district: the case goes with them when it is accepted, and never stands without a lead."""

import random
from datetime import datetime, timedelta

import pytest

from arasha.cases.actions import (
    FileNotThere,
    OfferAnswered,
    OfferStands,
    UnitCannotLead,
    accept_lead,
    offer_lead,
    refuse_lead,
    return_offers,
    withdraw_lead,
)
from arasha.cases.models import Case, LeadOffer
from arasha.cases.policy import NotAllowed
from arasha.coordination.actions import ask_contacts
from arasha.coordination.policy import CONTACTS
from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.models import Dossier, Member
from arasha.kernel.messages.models import Notice
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, Person
from arasha.plans.tests.district import Team, make_team
from tests.database import as_owner

pytestmark = pytest.mark.django_db
NEW = "611600000"
HOUR = timedelta(hours=1)


@pytest.fixture
def team(db: None) -> Team:
    with as_owner():
        declare_instance(kind="training", actor=INSTALLATION, now=NOW - HOUR, using="default")
    return make_team()


@pytest.fixture
def there(team: Team) -> Person:
    """The coordination of the district to which the child moves."""
    with cast.building():
        return cast.seat(cast.make_unit("coordination there", NEW, "coordination_district"))


def offer(team: Team, to: Person, by: Person | None = None) -> LeadOffer:
    actor = (by or team.lead).enter()
    unit = to.unit.pk
    return offer_lead(actor=actor, dossier=team.dossier, to_unit=unit, reason="other_territory", territory=NEW, now=NOW)


def leads(team: Team) -> list[int]:
    """Return every unit that leads the file by what is kept of it anywhere: each must say the same one."""
    with as_owner():
        dossier, case = Dossier.objects.get(pk=team.dossier), Case.objects.get(dossier=team.dossier)
        members = Member.objects.filter(dossier=team.dossier, part="lead", ended_at=None).values_list("unit", flat=True)
        return [*members, dossier.lead_unit_id or 0, case.lead_unit_id]


def opens(team: Team, who: Person) -> bool:
    return cast.browser_of(who).get(f"/files/{team.dossier}/").status_code == 200


def test_until_it_is_accepted_both_see_the_file_and_the_old_lead_answers(team: Team, there: Person) -> None:
    assert not opens(team, there)
    row = offer(team, there)
    assert opens(team, there)
    assert opens(team, team.lead)
    assert set(leads(team)) == {team.lead.unit.pk}
    accept_lead(actor=there.enter(), offer=row.pk, now=NOW + HOUR)
    assert set(leads(team)) == {there.unit.pk}
    with as_owner():
        assert Case.objects.get(dossier=team.dossier).territory_id == NEW


def test_a_transfer_that_is_refused_leaves_the_lead_says_why_and_closes_the_file_to_the_other(
    team: Team, there: Person
) -> None:
    row = offer(team, there)
    refuse_lead(actor=there.enter(), offer=row.pk, refusal="wrong_territory", now=NOW + HOUR)
    assert set(leads(team)) == {team.lead.unit.pk}
    assert not opens(team, there)
    with as_owner():
        assert LeadOffer.objects.get(pk=row.pk).refusal == "wrong_territory"
        assert Notice.objects.filter(code="lead_refused").exists()
    with pytest.raises((OfferAnswered, FileNotThere)):
        accept_lead(actor=there.enter(), offer=row.pk, now=NOW + 2 * HOUR)
    assert offer(team, there).pk != row.pk


@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_to_offers_one_unit_leads_at_every_moment(team: Team, there: Person, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  a fixed order of happenings, not a secret
    now, two = NOW, (team.lead, there)
    for _step in range(12):
        now += chance.choice([HOUR, 5 * HOUR, 30 * HOUR])
        who, other = chance.sample(two, 2)
        with as_owner():
            stands = LeadOffer.objects.filter(dossier=team.dossier, state="offered").first()
        try:
            match chance.randrange(5):
                case 0 | 1:
                    offer(team, other, by=who)
                case 2 if stands:
                    accept_lead(actor=who.enter(), offer=stands.pk, now=now)
                case 3 if stands:
                    refuse_lead(actor=who.enter(), offer=stands.pk, refusal="capacity", now=now)
                case 4:
                    withdraw_lead(actor=who.enter(), dossier=team.dossier, now=now)
        except (FileNotThere, OfferAnswered, OfferStands, UnitCannotLead, NotAllowed):
            pass
        return_offers(actor=enter_system("care"), now=now)
        found = leads(team)
        assert len(found) == 3, found
        assert len(set(found)) == 1, found


def test_home_keeps_in_touch_with_a_child_who_moved_until_the_child_is_back(team: Team, there: Person) -> None:
    row = offer(team, there)
    accept_lead(actor=there.enter(), offer=row.pk, now=NOW)
    assert not opens(team, team.lead)
    contacts(NOW + HOUR)
    home = cast.browser_of(team.lead)
    with as_owner():
        duty = Obligation.objects.get(dossier=team.dossier, protocol__code="contact_from_home")
    page = home.get(f"/obligations/{duty.pk}/").content.decode()
    assert "Tell nobody where the child is" in page
    home.post(f"/obligations/{duty.pk}/meet/", {"answer": "Баламен телефонмен сөйлестік"})
    contacts(NOW + 2 * HOUR)
    with as_owner():
        steps = Obligation.objects.filter(dossier=team.dossier, protocol__code="contact_from_home")
        assert sorted(steps.values_list("step", "state")) == [("first_contact", "met"), ("next_contact", "open")]
    back = offer_lead(
        actor=there.enter(),
        dossier=team.dossier,
        to_unit=team.lead.unit.pk,
        reason="other_territory",
        territory=cast.DISTRICT,
        now=NOW + 3 * HOUR,
    )
    accept_lead(actor=team.lead.enter(), offer=back.pk, now=NOW + 3 * HOUR)
    contacts(NOW + 4 * HOUR)
    with as_owner():
        assert not Obligation.objects.filter(dossier=team.dossier, step="next_contact", ended_at=None).exists()


def contacts(now: datetime) -> None:
    """Let the clock come by that asks for contact from home."""
    ask_contacts(actor=enter_system(CONTACTS), now=now)
