"""A child away from home: contact is owed until they return or the case closes; nobody learns where."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.cases.actions import accept_lead, close_case, offer_lead
from arasha.cases.rules import LEAD_REASONS
from arasha.coordination import actions, policy
from arasha.coordination.tests.silences import team as team  # noqa: PLC0414  the fixture
from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.models import Body, Member, Unit
from arasha.kernel.access.rules import Facet
from arasha.kernel.worktime.rules import local
from arasha.obligations.actions import meet
from arasha.obligations.models import Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, Person
from arasha.people.actions import keep_address
from arasha.people.models import Address
from arasha.people.models import Person as Somebody
from arasha.plans.tests.district import Team
from tests.database import as_owner

pytestmark = pytest.mark.django_db
THERE = "611600000"
DAY = timedelta(days=1)


@pytest.fixture
def there(team: Team) -> Person:
    """The coordination of the district to which the child goes."""
    with cast.building():
        return cast.seat(cast.make_unit("coordination there", THERE, "coordination_district"))


def go(team: Team, to: Person, by: Person | None = None, place: str = THERE, reason: str = "other_territory") -> None:
    now = NOW if by is None else NOW + DAY
    given: dict[str, Any] = {"dossier": team.dossier, "to_unit": to.unit.pk, "reason": reason, "territory": place}
    offer = offer_lead(actor=(by or team.lead).enter(), now=now, **given)
    accept_lead(actor=to.enter(), offer=offer.pk, now=now)


def stay(team: Team, place: str) -> None:
    with as_owner():
        child = Somebody.objects.get(dossier=team.dossier, role="child")
    keep_address(actor=team.lead.enter(), person=child.pk, kind="stays", territory=place, line="Абай 1", now=NOW)


def hide(team: Team) -> None:
    """Keep a protected address of the child, of which no system reads the place."""
    with cast.building():
        child = Somebody.objects.get(dossier=team.dossier, role="child")
        row = {"dossier_id": team.dossier, "person": child, "facet": int(Facet.ADDRESS), "kind": "refuge"}
        Address.objects.create(**row, territory=THERE, sealed=b"x", recorded_at=NOW)


def clock(days: int = 0) -> int:
    return actions.ask_contacts(actor=enter_system(policy.CONTACTS), now=NOW + days * DAY)


def duties(team: Team, *states: str) -> list[Obligation]:
    with as_owner():
        found = Obligation.objects.filter(dossier=team.dossier, protocol__code="contact_from_home")
        return list((found.filter(state__in=states) if states else found).order_by("raised_at", "due_at"))


def owed(team: Team) -> list[tuple[str, int | None]]:
    return [(duty.step, duty.unit_id) for duty in duties(team, "open", "overdue")]


def answered(team: Team, who: Person, days: int) -> None:
    (duty,) = duties(team, "open", "overdue")
    now: datetime = NOW + days * DAY
    meet(actor=who.enter(), obligation=duty.pk, answer="Қоңырау шалды", outcome="", now=now)


def parts(team: Team, who: Person) -> list[str]:
    with as_owner():
        members = Member.objects.filter(dossier=team.dossier, unit=who.unit.pk, ended_at=None)
        return sorted(members.values_list("part", flat=True))


def test_a_file_that_goes_to_another_district_leaves_contact_owed_at_home(team: Team, there: Person) -> None:
    assert clock() == 0
    go(team, there)
    assert [clock(), clock(), clock(1)] == [1, 0, 0]
    assert owed(team) == [("first_contact", team.lead.unit.pk)]
    (duty,) = duties(team)
    assert local(duty.due_at).date() == local(NOW).date() + 7 * DAY


def test_an_answered_contact_is_owed_again_thirty_days_later(team: Team, there: Person) -> None:
    go(team, there)
    clock()
    answered(team, team.lead, 3)
    assert clock(3) == 1
    assert owed(team) == [("next_contact", team.lead.unit.pk)]
    assert local(duties(team)[-1].due_at).date() == local(NOW).date() + 33 * DAY
    answered(team, team.lead, 30)
    assert [clock(30), clock(31)] == [1, 0]
    assert [duty.step for duty in duties(team)] == ["first_contact", "next_contact", "next_contact"]


def test_it_ends_when_the_child_returns_and_who_was_there_for_it_alone_leaves(team: Team, there: Person) -> None:
    go(team, there)
    clock()
    assert parts(team, team.lead) == ["obliged"]
    go(team, team.lead, by=there, place=DISTRICT)
    assert clock(1) == 0
    assert owed(team) == []
    assert parts(team, team.lead) == ["lead"]


def test_it_ends_when_the_case_closes(team: Team, there: Person) -> None:
    go(team, there)
    clock()
    close_case(actor=there.enter(), dossier=team.dossier, reason="met", now=NOW)
    assert clock(1) == 0
    assert owed(team) == []
    assert parts(team, team.lead) == []


def test_a_child_who_stays_in_another_district_is_not_forgotten_by_who_leads_at_home(team: Team) -> None:
    stay(team, THERE)
    assert clock() == 1
    assert owed(team) == [("first_contact", team.lead.unit.pk)]
    stay(team, DISTRICT)
    assert clock(1) == 0
    assert owed(team) == []
    assert "lead" in parts(team, team.lead)


def test_a_stay_of_which_only_the_region_is_known_may_be_home(team: Team) -> None:
    stay(team, "610000000")
    assert clock() == 0


def test_where_the_address_is_protected_home_owes_nothing_and_hears_nothing(team: Team, there: Person) -> None:
    hide(team)
    go(team, there)
    assert clock() == 1
    assert owed(team) == [("keep_tie", there.unit.pk)]
    assert parts(team, team.lead) == []
    team.lead.enter()
    assert not Obligation.objects.filter(dossier=team.dossier).exists()


def test_an_address_that_becomes_protected_takes_the_file_from_home_again(team: Team, there: Person) -> None:
    go(team, there)
    clock()
    answered(team, team.lead, 1)
    hide(team)
    assert clock(2) == 1
    assert owed(team) == [("keep_tie", there.unit.pk)]
    assert parts(team, team.lead) == []


@pytest.mark.parametrize("why", ["protected", "conflict"])
def test_a_protected_lead_or_a_conflict_of_interest_at_home_hides_the_child(
    team: Team, there: Person, why: str
) -> None:
    if why == "protected":
        with cast.building():
            Body.objects.filter(pk=Unit.objects.get(pk=there.unit.pk).body_id).update(protected=True)
    go(team, there, reason="conflict" if why == "conflict" else "other_territory")
    clock()
    assert owed(team) == [("keep_tie", there.unit.pk)]


def test_a_unit_at_home_that_is_barred_is_not_asked(team: Team, there: Person) -> None:
    go(team, there)
    team.bar(team.lead)
    clock()
    assert owed(team) == [("first_contact", team.district.region.unit.pk)]
    assert parts(team, team.lead) == []


def test_only_the_clock_asks_and_sees_who_is_away(team: Team, there: Person) -> None:
    go(team, there)
    with pytest.raises(policy.NotAllowed):
        actions.ask_contacts(actor=team.lead.enter(), now=NOW)
    team.lead.enter()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM coordination.away_from_home('{}', current_date)")


def test_every_reason_to_change_the_lead_says_whether_home_may_be_asked() -> None:
    assert {row.more["home"] for row in LEAD_REASONS} == {"yes", "no"}
    assert LEAD_REASONS["conflict"].more["home"] == "no"
