"""A child's place at a service: asked, waited for, refused, missed, begun, ended; two at once; the barred."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as some

from arasha.cases.actions import FileNotThere
from arasha.cases.models import Case
from arasha.kernel.access.actions import enter_system
from arasha.kernel.access.models import Bar, Member
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.models import Notice
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, Person
from arasha.plans import actions, queries
from arasha.plans.models import ServicePlace, ServicePlaceStep
from arasha.plans.rules import places as rules
from arasha.plans.rules.places import Fits, StepSaid
from arasha.plans.tests.district import Team
from arasha.plans.tests.offered import SAID, ask, offering, refuge, room, stands, step, works_for
from arasha.services.models import Offering
from arasha.services.queries import Found, Wanted
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre(team: Team) -> UUID:
    return offering(team.lead, "Отбасы орталығы")


def case_of(team: Team) -> Case:
    found = queries.case_of(team.lead.enter(), team.dossier)
    assert found is not None
    return found


def shown(offered: UUID) -> Found:
    found = queries.offering_shown(offered, NOW)
    assert found is not None
    return found


def notices(code: str) -> int:
    with as_owner():
        return Notice.objects.filter(code=code).count()


def test_a_place_goes_its_way_and_every_step_stays(team: Team, centre: UUID) -> None:
    row = ask(team, centre, urgency="week", words="Анасы келеді")
    for code in ("wait", "book", "miss", "book", "begin", "end"):
        row = step(row, team.lead, code)
    assert row.state == "ended"
    way = queries.way_of(row)
    assert [one.row.step for one in way] == ["ask", "wait", "book", "miss", "book", "begin", "end"]
    assert way[0].words == "Анасы келеді"
    with as_owner():
        verbs = list(Act.objects.filter(codes__place=str(row.pk)).order_by("seq").values_list("verb", flat=True))
    assert verbs == [
        "ask_place",
        "wait_for_place",
        "book_place",
        "miss_place",
        "book_place",
        "begin_place",
        "end_place",
    ]


@given(some.lists(some.sampled_from(list(SAID)), max_size=12))
def test_no_run_of_steps_leads_anywhere_but_by_the_table(codes: list[str]) -> None:
    state = "asked"
    for code in codes:
        if code in rules.possible(state):
            state = rules.leads_to(code, state)
            assert state in rules.STATES
        else:
            with pytest.raises(rules.StepNotPossible):
                rules.leads_to(code, state)
        if state not in rules.RUNNING:
            assert rules.possible(state) == []


def test_what_a_step_lacks_or_what_can_not_be_is_refused(team: Team, centre: UUID) -> None:
    row = ask(team, centre)
    wrong = (
        StepSaid(step="refuse", reason="nothing of the list", said_by="telephone"),
        StepSaid(step="refuse", reason="other", said_by="telephone"),
        StepSaid(step="refuse", reason="no_room"),
        StepSaid(step="miss", on=date(2026, 11, 24), reason="not_brought", done="saw_child"),
        StepSaid(step="miss", on=date(2026, 11, 23), reason="not_brought"),
        StepSaid(step="book", on=date(2026, 11, 22), said_by="telephone"),
        StepSaid(step="book", on=date(2036, 11, 22), said_by="telephone"),
        StepSaid(step="wait", urgency="today", said_by="telephone"),
        StepSaid(step="withdraw", reason="not_needed", words="x" * 1001),
    )
    for said in wrong:
        with pytest.raises(rules.StepFaulty):
            actions.record_step(actor=team.lead.enter(), place=row.pk, said=said, seen=1, now=NOW)
    with pytest.raises(rules.StepNotPossible):
        step(row, team.lead, "end")
    with pytest.raises(rules.StepNotPossible):
        actions.record_step(actor=team.lead.enter(), place=row.pk, said=StepSaid(step="hand_over"), seen=1, now=NOW)
    assert stands(row, team.lead).steps == 1


def test_two_at_once_both_see_it_and_nothing_is_lost(team: Team, centre: UUID) -> None:
    row = ask(team, centre)
    step(row, team.lead, "refuse", seen=1)
    with pytest.raises(actions.PlaceChanged):
        step(row, team.doctor, "begin", seen=1)
    assert stands(row, team.lead).state == "refused"


def test_a_double_submit_is_one_entry(team: Team, centre: UUID) -> None:
    one, two = uuid4(), uuid4()
    first = ask(team, centre, place_id=one)
    assert ask(team, centre, place_id=one).pk == first.pk
    for _ in range(2):
        step(first, team.lead, "book", seen=1, step_id=two)
    with as_owner():
        assert ServicePlace.objects.count() == 1
        assert ServicePlaceStep.objects.count() == 2
        assert Act.objects.filter(verb__in=["ask_place", "book_place"]).count() == 2


def test_one_place_at_an_offering_runs_at_a_time(team: Team, centre: UUID) -> None:
    row = ask(team, centre)
    with pytest.raises(actions.AskedAlready):
        ask(team, centre)
    step(row, team.lead, "refuse")
    again = ask(team, centre, after=row.pk)
    assert (again.root_id, again.after_id, again.waits_since) == (row.pk, row.pk, row.waits_since)


def test_no_capacity_never_keeps_a_child_from_being_asked_for_and_it_waits(team: Team, centre: UUID) -> None:
    room(team.lead, centre, 0)
    row = ask(team, centre, urgency="today")
    assert row.state == "asked"
    case = case_of(team)
    other = offering(team.lead, "Басқа орталық")
    found = queries.fitting(case, wanted(), queries.fits_of(team.dossier, NOW), NOW, without=[centre])
    assert [one.found.offering for one in found] == [other]

    # The coordinator hears when the urgent child waits longer than its time; once, and again a day later.
    def watch(hours: int) -> int:
        later = NOW + timedelta(hours=hours)
        return actions.tell_of_waiting(actor=enter_system("watch_places"), now=later)

    assert [watch(11), watch(12), watch(13), watch(36)] == [0, 1, 0, 1]
    assert notices("place_waits_too_long") == 2


def wanted() -> Wanted:
    return Wanted(place=cast.DISTRICT, services=("psychological_support",))


def test_the_waiting_list_is_by_urgency_and_then_by_time(team: Team, centre: UUID) -> None:
    rows = [("ordinary", 0), ("week", 2), ("today", 3), ("week", 1)]
    keyed = [(urgency, NOW + timedelta(hours=hours), f"{urgency}{hours}") for urgency, hours in rows]
    assert rules.turn(keyed) == ["today3", "week1", "week2", "ordinary0"]
    ask(team, centre, urgency="week")
    team.lead.enter()
    assert [row.urgency for row in queries.in_turn(centre)] == ["week"]


def test_a_refusal_names_its_reason_and_the_lead_hears_of_it(team: Team, centre: UUID) -> None:
    row = ask(team, centre)
    step(row, team.doctor, "refuse", reason="police_statement")
    assert notices("place_refused") == 1
    assert rules.PLACE_REFUSALS["police_statement"].more["finding"] == "unlawful"


def test_a_child_not_brought_is_told_of_and_help_that_has_begun_goes_on(team: Team, centre: UUID) -> None:
    row = step(step(ask(team, centre), team.lead, "begin"), team.doctor, "miss", done="nothing_yet")
    assert row.state == "begun"
    assert notices("child_missed") == 1


def test_what_speaks_against_an_offering_is_said_and_refuses_nobody(team: Team) -> None:
    shelter = refuge(team.district.region)
    team.lead.enter()
    found = shown(shelter)
    assert rules.against(found, Fits(age=13, sex="girls", son=15)) == ["son_too_old"]
    assert rules.against(found, Fits(age=13, son=12)) == []
    assert ask(team, shelter).state == "asked"


def test_who_is_not_on_the_file_may_not_write_it_or_is_barred_finds_nothing(team: Team, centre: UUID) -> None:
    row = ask(team, centre)
    for who in (team.outsider, team.district.neighbour, team.teacher):
        who.enter()
        assert not ServicePlace.objects.exists()
        assert not ServicePlaceStep.objects.exists()
        with pytest.raises(FileNotThere):
            ask(team, centre, by=who)
        with pytest.raises(actions.PlaceNotThere):
            step_as(row, who)
    team.doctor.enter()
    assert ServicePlace.objects.count() == 1
    team.bar(team.doctor)
    team.doctor.enter()
    assert not ServicePlace.objects.exists()
    assert list(queries.in_turn(centre)) == []
    with pytest.raises(actions.PlaceNotThere):
        step_as(row, team.doctor)


def step_as(row: ServicePlace, who: Person) -> None:
    actions.record_step(actor=who.enter(), place=row.pk, said=SAID["refuse"], seen=1, now=NOW)


def test_the_database_lets_nobody_change_a_step(team: Team, centre: UUID) -> None:
    ask(team, centre)
    team.lead.enter()
    with pytest.raises(DatabaseError), transaction.atomic():
        ServicePlaceStep.objects.update(reason="age")


def test_a_barred_body_is_neither_offered_nor_asked(team: Team, centre: UUID) -> None:
    with cast.building():
        body = Offering.objects.get(pk=centre).site.provider.body_id
        Bar.objects.create(dossier_id=team.dossier, body_id=body, since=cast.LONG_AGO, reason="suspect")
    case = case_of(team)
    assert queries.fitting(case, wanted(), Fits(), NOW) == []
    with pytest.raises(actions.OfferingNotThere):
        ask(team, centre)


def test_the_providers_own_unit_is_brought_in_and_sees_its_own_list_alone(team: Team, centre: UUID) -> None:
    with cast.building():
        own = cast.seat(cast.make_unit("centre", cast.DISTRICT, "family_support"))
    works_for(own, centre)
    case = case_of(team)
    found = shown(centre)
    (unit,) = queries.units_to_bring_in(case, found, NOW)
    with pytest.raises(actions.UnitNotAskable):
        ask(team, centre, by=team.doctor, bring_in=unit.unit.pk)
    row = ask(team, centre, bring_in=unit.unit.pk)
    assert notices("place_asked") == 1
    with as_owner():
        assert Member.objects.get(dossier=team.dossier, unit=own.unit).part == "partner"
    assert [one.pk for one in queries.own_offerings(own.enter())] == [centre]
    assert [one.pk for one in queries.in_turn(centre)] == [row.pk]
    assert step(row, own, "begin", said_by="own").state == "begun"
    assert queries.running_count(centre) == 1


def test_a_unit_that_only_owes_the_file_something_is_brought_in_to_answer_for_its_service(
    team: Team, centre: UUID
) -> None:
    works_for(team.social, centre)
    (unit,) = queries.units_to_bring_in(case_of(team), shown(centre), NOW)
    assert unit.unit.pk == team.social.unit.pk
    row = ask(team, centre, bring_in=unit.unit.pk)
    assert notices("place_asked") == 1
    assert queries.units_to_bring_in(case_of(team), shown(centre), NOW) == []
    team.social.enter()
    assert [one.pk for one in queries.in_turn(centre)] == [row.pk]
    assert step(row, team.social, "begin", said_by="own").state == "begun"


def test_of_a_refuge_no_unit_is_named_or_brought_in(team: Team) -> None:
    shelter = refuge(team.district.region)
    with cast.building():
        own = cast.seat(cast.make_unit("hidden", cast.DISTRICT, "family_support"))
    works_for(own, shelter)
    case = case_of(team)
    assert queries.units_to_bring_in(case, shown(shelter), NOW) == []
    with pytest.raises(actions.UnitNotAskable):
        ask(team, shelter, bring_in=own.unit.pk)


def test_an_offering_that_is_over_is_not_asked(team: Team) -> None:
    over = offering(team.lead, "Бұрынғы", funded_until=date(2026, 11, 22))
    with pytest.raises(actions.OfferingNotThere):
        ask(team, over)
    with pytest.raises(actions.OfferingNotThere):
        ask(team, uuid4())


def test_reasons_that_no_service_may_give_are_marked() -> None:
    unlawful = {row.code for row in rules.PLACE_REFUSALS if row.more["finding"] == "unlawful"}
    assert {"papers", "police_statement", "not_local"} <= unlawful
