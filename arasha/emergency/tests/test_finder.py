"""While an emergency holds: who is closed comes last and says so, and what is lifted keeps nobody from help."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from arasha.emergency import actions, policy, queries
from arasha.emergency.models import Lifting
from arasha.emergency.policy import NotAllowed
from arasha.emergency.rules import EmergencySaid, Faulty, StandingSaid
from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.rules import NotThere
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.models import Notice
from arasha.kernel.worktime.rules import local
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, REGION, District, Person
from arasha.plans.tests.offered import COUNSELLING, SHELTER, offering, refuge, works_for
from arasha.services.models import Site
from arasha.services.queries import Found, Told, Wanted, find, shown, told
from tests.database import as_owner, as_role

pytestmark = pytest.mark.django_db
TODAY = local(NOW).date()
PAPERS = replace(COUNSELLING, conditions=["referral", "papers", "parent_consent"])


@dataclass
class Town:
    """A district with two centres that help the same children, and the emergency there."""

    district: District
    first: UUID
    second: UUID
    worker: Person
    emergency: UUID
    at: datetime = NOW

    def say(self, state: str, *, who: Person | None = None, days: int = 5, now: datetime = NOW) -> None:
        who = who or self.worker
        said = StandingSaid(who.unit.pk, state, TODAY + timedelta(days=days))
        actions.say_standing(actor=who.enter(), ticket=uuid4(), emergency=self.emergency, said=said, now=now)

    def lift(self, *conditions: str, who: Person | None = None, ticket: UUID | None = None) -> UUID:
        actor, self.at = (who or self.district.coordinator).enter(), self.at + timedelta(seconds=1)
        given: dict[str, Any] = {"emergency": self.emergency, "conditions": conditions, "now": self.at}
        return actions.lift(actor=actor, ticket=ticket or uuid4(), **given)

    def end(self) -> None:
        actions.end_early(actor=self.district.coordinator.enter(), emergency=self.emergency, now=NOW)


def declare(who: Person, **more: Any) -> UUID:
    said = EmergencySaid(DISTRICT, "epidemic", "Order 5", TODAY, TODAY + timedelta(days=9), **more)
    return actions.declare(actor=who.enter(), ticket=uuid4(), said=said, now=NOW)


@pytest.fixture
def town(db: None) -> Town:
    district = cast.make_district()
    first = offering(district.coordinator, "Ақ орталық", PAPERS)
    second = offering(district.coordinator, "Бақ орталық")
    with cast.building():
        worker = cast.seat(cast.make_unit("white", DISTRICT, "family_support"))
    works_for(worker, first)
    return Town(district, first, second, worker, declare(district.coordinator))


def public(now: datetime = NOW, **more: Any) -> list[Found]:
    with as_role("arasha_public"):
        return find(Wanted(place=DISTRICT, **more), now=now)


def order(now: datetime = NOW) -> list[UUID]:
    return [row.offering for row in public(now)]


def of(rows: list[Found], offered: UUID) -> Found:
    return next(row for row in rows if row.offering == offered)


def in_english(row: Found) -> Told:
    with translation.override("en"):
        return told([row], language="en", now=NOW)[0]


def test_who_is_closed_comes_last_says_so_and_stands_where_it_stood_when_the_emergency_is_over(town: Town) -> None:
    assert order() == [town.first, town.second]
    town.say("closed")
    assert order() == [town.second, town.first]
    one = in_english(of(public(), town.first))
    assert (one.there, one.now, one.working) == ("closed", *["Closed for now: emergency"] * 2)
    town.district.doctor.enter()
    assert [row.works for row in find(Wanted(place=DISTRICT), now=NOW)] == ["", "closed"]
    one_of_it = shown(town.first, now=NOW)
    assert one_of_it is not None
    assert one_of_it.works == "closed"
    assert order(NOW + timedelta(days=6)) == [town.first, town.second]
    town.end()
    assert order() == [town.first, town.second]
    assert of(public(), town.first).works == ""


def test_who_works_at_a_distance_stays_where_it_stands_and_says_so(town: Town) -> None:
    town.say("closed")
    town.say("remote", now=NOW + timedelta(minutes=1))
    assert order() == [town.first, town.second]
    one = in_english(of(public(), town.first))
    assert one.working == "Works at a distance for now"


def test_a_body_with_one_open_door_is_open(town: Town) -> None:
    with cast.building():
        other = cast.seat(cast.make_unit("white, second", DISTRICT, "family_support"))
    works_for(other, town.first)
    town.say("closed")
    town.say("open", who=other)
    assert of(public(), town.first).works == ""


def test_it_counts_only_where_the_emergency_holds(town: Town) -> None:
    with cast.building():
        Site.objects.filter(offerings=town.first).update(territory_id="611600000")
    town.say("closed")
    assert of(public(), town.first).works == ""


def test_nothing_is_ever_said_of_a_protected_body(town: Town) -> None:
    hidden = refuge(town.district.region, said=replace(SHELTER, served=[REGION]))
    before = of(public(), hidden)
    with cast.building():
        keeper = cast.seat(cast.make_unit("refuge", DISTRICT, "family_support"))
    works_for(keeper, hidden)
    town.say("closed", who=keeper)
    assert of(public(), hidden) == before
    with as_role("arasha_definer"), connection.cursor() as cursor:
        cursor.execute("SELECT services.emergencies(%s)::text", [TODAY])
        assert cursor.fetchone()[0] == '{"works": {}, "lifted": {}}'


def test_what_is_lifted_is_struck_and_no_finding_and_is_asked_again_afterwards(town: Town) -> None:
    assert of(public(), town.first).findings == ["refuses_without_papers"]
    town.lift("papers", "registration")
    row = of(public(), town.first)
    assert (row.lifted, row.findings) == (["papers"], [])
    assert row.conditions == PAPERS.conditions
    one = in_english(row)
    assert one.lifted == ["The child's papers are asked for"]
    assert "A referral is needed" in one.conditions
    assert not set(one.lifted) & set(one.conditions)
    town.lift("referral")
    assert of(public(), town.first).lifted == ["referral"]
    town.end()
    assert of(public(), town.first).lifted == []


def test_what_takes_only_those_registered_is_found_by_the_whole_region_once_that_is_lifted(town: Town) -> None:
    local_only = offering(town.district.coordinator, "Жергілікті", replace(COUNSELLING, conditions=["registration"]))

    def found() -> bool:
        with as_role("arasha_public"):
            rows = find(Wanted(place="611600000"), now=NOW)
        return local_only in {row.offering for row in rows}

    assert not found()
    town.lift("registration")
    assert found()


def test_conditions_are_lifted_while_declaring_too(town: Town) -> None:
    town.end()
    town.emergency = declare(town.district.coordinator, lifted=("referral",))
    assert of(public(), town.first).lifted == ["referral"]
    with pytest.raises(Faulty):
        declare(town.district.region, lifted=("parent_consent",))


def test_only_who_may_declare_lifts_and_only_what_may_be_lifted(town: Town) -> None:
    for other in (town.worker, town.district.neighbour):
        with pytest.raises(NotAllowed):
            town.lift("referral", who=other)
    with pytest.raises(Faulty):
        town.lift("parent_consent")
    one = town.lift("referral")
    assert town.lift("papers", ticket=one) == one
    with as_owner():
        assert Lifting.objects.get().conditions == ["referral"]
        assert Act.objects.filter(verb="lift_conditions").count() == 1
    town.end()
    with pytest.raises(actions.EmergencyOver):
        town.lift("papers")
    town.district.coordinator.enter()
    town.emergency = uuid4()
    with pytest.raises(NotThere):
        town.lift("papers")


def test_what_was_lifted_is_never_rewritten(town: Town) -> None:
    one = town.lift("referral")
    row = Lifting.objects.get(pk=one)
    for change in (lambda: Lifting.objects.filter(pk=one).update(conditions=[]), row.delete):
        with pytest.raises(Exception, match="permission denied"), as_role("arasha_app"):
            change()
    actor = town.district.coordinator.enter()
    assert queries.lifted(queries.emergency(actor, town.emergency), actor) == ["referral"]


def test_the_finder_asks_no_more_than_before(town: Town) -> None:
    town.say("closed")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        find(Wanted(place=DISTRICT), now=NOW)
    assert len(asked) == 1


def notices(code: str) -> set[int | None]:
    with as_owner():
        return set(Notice.objects.filter(code=code).values_list("unit_id", flat=True))


def test_all_who_stand_there_hear_that_it_is_declared_and_over_and_nobody_else(town: Town) -> None:
    there = {one.unit.pk for one in (town.worker, town.district.doctor, town.district.inspector)}
    heard = notices("emergency_declared")
    assert there <= heard
    assert not {town.district.coordinator.unit.pk, town.district.neighbour.unit.pk} & heard
    actions.care(actor=enter_system(policy.CARE), now=NOW + timedelta(days=11))
    assert there <= notices("emergency_ended")
    with as_owner():
        links = set(Notice.objects.filter(code__startswith="emergency").values_list("link", "dossier"))
    assert links == {(f"/emergencies/{town.emergency}/", None)}


def test_who_is_named_to_stand_in_hears_it(town: Town) -> None:
    district = town.district
    said = StandingSaid(district.inspector.unit.pk, "closed", TODAY, district.neighbour.unit.pk)
    ticket = uuid4()
    for _twice in range(2):
        given: dict[str, Any] = {"ticket": ticket, "emergency": town.emergency, "said": said, "now": NOW}
        actions.say_standing(actor=district.inspector.enter(), **given)
    with as_owner():
        heard = Notice.objects.filter(code="emergency_stands_in").values_list("unit_id", flat=True)
        assert list(heard) == [district.neighbour.unit.pk]


def test_the_finder_of_workers_shows_it_in_their_language(town: Town) -> None:
    town.say("closed")
    town.lift("papers")
    row = of(public(), town.first)
    with translation.override("kk"):
        (one,) = told([row], language="kk", now=NOW)
    assert one.working == "Уақытша жабық: төтенше жағдай"
