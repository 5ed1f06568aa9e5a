"""A flood closes the inspection: what it owes goes to who stands in, no day is won, and it comes back later."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest

from arasha.emergency import actions, policy
from arasha.emergency.models import Emergency
from arasha.emergency.rules import EmergencySaid, StandingSaid
from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.models import Unit
from arasha.kernel.worktime.rules import local
from arasha.obligations.actions import decline, meet
from arasha.obligations.models import Obligation
from arasha.obligations.policy import visible_to
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, District, Person, fresh

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TODAY = local(NOW).date()


@dataclass
class Flood:
    """The district of the cast, its inspection's substitute, and the emergency that its coordination declared."""

    district: District
    substitute: Person
    emergency: UUID
    at: datetime = NOW

    def say(self, who: Person, unit: Unit, state: str, instead: Unit | None = None, days: int = 5) -> UUID:
        """Let somebody say how a unit works for some days."""
        said = StandingSaid(unit.pk, state, TODAY + timedelta(days=days), instead.pk if instead else None)
        actor, self.at = who.enter(), self.at + timedelta(seconds=1)
        return actions.say_standing(actor=actor, ticket=uuid4(), emergency=self.emergency, said=said, now=self.at)

    def close(self, days: int = 5) -> None:
        """Let the inspection say that it is closed and who stands in."""
        inspector = self.district.inspector
        self.say(inspector, inspector.unit, "closed", self.substitute.unit, days)


def care(now: datetime = NOW) -> tuple[int, int]:
    return actions.care(actor=enter_system(policy.CARE), now=now)


def owed(dossier: UUID) -> Obligation:
    """Return the one duty of the file that runs."""
    cast.sweeper()
    return Obligation.objects.get(dossier=dossier, state__in=["open", "overdue"])


@pytest.fixture
def flood(db: None) -> Flood:
    district = cast.make_district()
    with cast.building():
        substitute = cast.seat(cast.make_unit("near inspection", "611600000", "juvenile_inspection"))
    actor = district.coordinator.enter()
    said = EmergencySaid(DISTRICT, "flood", "Order 5 of 20.11.2026", TODAY, TODAY + timedelta(days=29))
    made = actions.declare(actor=actor, ticket=uuid4(), said=said, now=NOW)
    return Flood(district, substitute, made)


def test_a_closed_bodys_duties_go_to_its_substitute_and_come_back(flood: Flood) -> None:
    before = cast.report(flood.district)
    flood.close()
    assert care() == (1, 0)
    lent = owed(before.dossier_id)
    assert visible_to(flood.substitute.enter()).filter(pk=lent.pk).exists()
    assert (lent.unit_id, lent.found_by, lent.due_now) == (flood.substitute.unit.pk, "substitute", before.due_now)
    raised_meanwhile = cast.report(flood.district)
    assert raised_meanwhile.unit_id == flood.district.inspector.unit.pk
    assert care(NOW + HOUR) == (1, 0)
    assert owed(raised_meanwhile.dossier_id).unit_id == flood.substitute.unit.pk
    flood.say(flood.district.coordinator, flood.district.inspector.unit, "open")
    assert care(NOW + 2 * HOUR) == (0, 2)
    actor = flood.substitute.enter()
    assert not visible_to(actor).filter(dossier=before.dossier_id).exists()
    back = owed(before.dossier_id)
    assert (back.pk, back.unit_id, back.due_now) == (before.pk, before.unit_id, before.due_now)
    assert care(NOW + 3 * HOUR) == (0, 0)


def test_it_comes_back_when_the_emergency_ends_or_its_days_are_over_and_goes_again(flood: Flood) -> None:
    duty = cast.report(flood.district)
    flood.close()
    care()
    actions.end_early(actor=flood.district.coordinator.enter(), emergency=flood.emergency, now=NOW)
    assert care(NOW + HOUR) == (0, 1)
    assert fresh(duty).state == "open"
    said = EmergencySaid(DISTRICT, "flood", "Order 6", TODAY, TODAY + timedelta(days=3))
    flood.emergency = actions.declare(actor=flood.district.coordinator.enter(), ticket=uuid4(), said=said, now=NOW)
    flood.close(days=1)
    assert care(NOW + 2 * HOUR) == (1, 0)
    assert owed(duty.dossier_id).unit_id == flood.substitute.unit.pk
    assert care(NOW + timedelta(days=2)) == (0, 1)
    assert owed(duty.dossier_id).pk == duty.pk
    care(NOW + timedelta(days=5))
    cast.sweeper()
    assert Emergency.objects.get(pk=flood.emergency).ended_at is not None


def test_what_the_substitute_met_stays_met(flood: Flood) -> None:
    duty = cast.report(flood.district)
    flood.close()
    care()
    lent = owed(duty.dossier_id)
    meet(actor=flood.substitute.enter(), obligation=lent.pk, answer="Went there.", now=NOW + HOUR)
    flood.say(flood.district.coordinator, flood.district.inspector.unit, "open")
    assert care(NOW + 2 * HOUR) == (0, 0)
    assert fresh(lent).state == "met"


def test_without_a_substitute_who_supervises_owes_it(flood: Flood) -> None:
    duty = cast.report(flood.district)
    inspector = flood.district.inspector
    flood.say(inspector, inspector.unit, "closed")
    assert care() == (1, 0)
    assert owed(duty.dossier_id).unit_id == flood.district.police_head.unit.pk


def test_a_barred_substitute_never_owes_it_and_a_closed_one_passes_it_on(flood: Flood) -> None:
    barred = cast.report(flood.district, bars=[{"user_id": flood.substitute.user}])
    flood.close()
    care()
    assert owed(barred.dossier_id).unit_id == flood.district.police_head.unit.pk
    with cast.building():
        Unit.objects.filter(pk=flood.substitute.unit.pk).update(territory_id=DISTRICT)
    flood.say(flood.substitute, flood.substitute.unit, "closed")
    later = cast.report(flood.district)
    care(NOW + HOUR)
    assert owed(later.dossier_id).unit_id == flood.district.police_head.unit.pk


def test_a_substitute_that_declines_does_not_get_it_again_when_the_body_closes_again(flood: Flood) -> None:
    duty = cast.report(flood.district)
    flood.close()
    care()
    lent = owed(duty.dossier_id)
    actor = flood.substitute.enter()
    decline(actor=actor, obligation=lent.pk, reason="conflict", now=NOW + HOUR)
    flood.say(flood.district.coordinator, flood.district.inspector.unit, "open")
    assert care(NOW + 2 * HOUR) == (0, 0)
    assert owed(duty.dossier_id).unit_id == flood.district.coordinator.unit.pk


def test_silence_at_the_substitute_climbs_at_the_moment_it_would_have_climbed(flood: Flood) -> None:
    duty = cast.report(flood.district)
    ladder = duty.ladder
    flood.close()
    care(duty.due_now - timedelta(minutes=1))
    lent = owed(duty.dossier_id)
    assert (lent.due_now, lent.due_at, lent.ladder) == (duty.due_now, duty.due_at, ladder)
