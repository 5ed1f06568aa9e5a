"""Joint visits: a centre without right of entry gets one made by who has it; a shut door obliges the next body."""

from datetime import timedelta
from uuid import uuid4

import pytest

from arasha.care import actions, policy, queries, rules
from arasha.care.models import Visit, VisitMade
from arasha.care.rules import Faulty, VisitAsked
from arasha.care.tests.cast import WHY, House
from arasha.kernel.journal.models import Act
from arasha.obligations.models import Obligation
from arasha.obligations.tests.cast import NOW
from tests.database import as_owner

pytestmark = pytest.mark.django_db


def test_a_centre_without_right_of_entry_gets_a_visit_by_one_that_has_it(house: House) -> None:
    assert queries.way_of(house.centre.enter())[0] == "consent"
    visit = house.ask()
    assert house.owed(visit.pk) == {"visit_today": (house.inspector.unit.pk, "open")}
    with as_owner():
        assert Obligation.objects.get(about=visit.pk).due_now == NOW + timedelta(hours=4)
    house.inspector.enter()
    (asked,) = queries.visits_of(house.dossier)
    assert asked.words == WHY
    house.went(visit, house.inspector, opinion="Анасы шаршаған сияқты")
    assert house.owed(visit.pk)["visit_today"][1] == "met"
    house.centre.enter()
    ((tried,),) = [one.tried for one in queries.visits_of(house.dossier)]
    assert (tried.facts, tried.opinion, tried.row.seen) == ("Үй жылы", "Анасы шаршаған сияқты", "seen_alone")
    with as_owner():
        verbs = set(Act.objects.filter(stream_key=str(house.dossier)).values_list("verb", flat=True))
    assert {"ask_joint_visit", "record_visit"} <= verbs


def test_within_days_guardianship_goes(house: House) -> None:
    visit = house.ask(urgency="days")
    assert house.owed(visit.pk) == {"visit_days": (house.guardian.unit.pk, "open")}


def test_a_door_that_stays_shut_obliges_the_police_and_then_the_prosecutor(house: House) -> None:
    visit = house.ask(urgency="days")
    shut = {"door": "refused", "seen": "not_seen", "home": "not_looked"}
    house.went(visit, house.guardian, **shut)
    police = house.team.district.police_head
    owed = house.owed(visit.pk)
    assert owed["visit_days"][1] == "open"
    assert owed["enter_with_police"] == (police.unit.pk, "open")
    house.went(visit, police, **shut)
    assert house.owed(visit.pk)["ask_prosecutor"] == (house.prosecutor.unit.pk, "open")
    house.went(visit, police)
    owed = house.owed(visit.pk)
    assert owed["enter_with_police"][1] == "met"
    assert owed["visit_days"][1] == "superseded"


def test_nobody_at_home_leaves_the_visit_owed(house: House) -> None:
    visit = house.ask()
    house.went(visit, house.inspector, door="nobody", seen="not_seen", home="not_looked")
    assert house.owed(visit.pk) == {"visit_today": (house.inspector.unit.pk, "open")}


def test_sent_twice_it_is_asked_once(house: House) -> None:
    ticket = uuid4()
    assert house.ask(ticket=ticket).pk == house.ask(ticket=ticket).pk
    with as_owner():
        assert Visit.objects.count() == 1
        assert Obligation.objects.filter(about=ticket).count() == 1


def test_who_may_not_enter_and_owes_no_visit_records_none(house: House) -> None:
    visit = house.ask()
    with pytest.raises(policy.NotAllowed):
        house.went(visit, house.centre)
    with pytest.raises(Faulty):
        house.went(visit, house.inspector, facts=" ")
    with pytest.raises(Faulty):
        house.went(visit, house.inspector, at=NOW + timedelta(hours=1))
    with as_owner():
        assert not VisitMade.objects.exists()


def test_a_barred_worker_and_who_owes_something_else_read_nothing(house: House) -> None:
    house.ask()
    for who in (house.barred, house.team.teacher, house.team.outsider):
        who.enter()
        assert not Visit.objects.exists()
        assert queries.visits_of(house.dossier) == []
    with pytest.raises((actions.NotThere, policy.NotAllowed)):
        house.ask(by=house.barred)
    with pytest.raises((actions.NotThere, policy.NotAllowed)):
        house.ask(by=house.team.outsider)


def test_what_is_asked_has_words_and_a_known_urgency(house: House) -> None:
    for said in (VisitAsked(urgency="never", words=WHY), VisitAsked(urgency="today", words=" ")):
        with pytest.raises(Faulty):
            actions.ask_visit(actor=house.centre.enter(), dossier=house.dossier, said=said, now=NOW)


def test_the_hours_of_the_list_are_those_of_the_procedure(house: House) -> None:
    for urgency in rules.URGENCIES:
        visit = house.ask(urgency=urgency.code)
        with as_owner():
            duty = Obligation.objects.get(about=visit.pk)
        assert duty.due_now - duty.from_moment == timedelta(hours=int(urgency.more["hours"]))


def test_units_that_may_enter_are_found_near_the_child_and_say_by_what_right(house: House) -> None:
    house.centre.enter()
    found = {one.unit.pk: one.function for one in queries.entering_units(house.dossier, "615400000", NOW)}
    assert found[house.inspector.unit.pk] == "juvenile_inspection"
    assert found[house.guardian.unit.pk] == "guardianship"
    assert house.centre.unit.pk not in found
    assert house.team.district.neighbour.unit.pk not in found
