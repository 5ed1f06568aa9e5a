"""Ainur and Arkhat, as far as signals reach: the institution is shut out, somebody comes, others are thought of."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from arasha.cases import actions as cases
from arasha.kernel.access.models import User
from arasha.kernel.access.rules import NotThere
from arasha.kernel.worktime.actions import declare_instance
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.obligations import actions
from arasha.obligations.models import Escalation, Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NATION, NOW, REGION, District, Person
from arasha.people.actions import allege
from arasha.people.queries import search
from arasha.people.rules import SaidSuspect, questions
from arasha.signals.actions import Report, report_signal
from arasha.signals.models import Signal
from tests.database import as_owner

pytestmark = pytest.mark.django_db
PROCEDURE = "institution_violence"
ONCE = re.compile(r'csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"')


class House:
    """A district with all whom the procedure asks, and an orphanage with its director."""

    def __init__(self) -> None:
        """Seat everybody."""
        with as_owner():
            declare_instance(kind="training", actor=INSTALLATION, now=NOW, using="default")
        self.district: District = cast.make_district()
        with cast.building():
            self.director = cast.seat(cast.make_unit("orphanage", DISTRICT, "education_school"))
            self.guardian = cast.seat(cast.make_unit("guardianship", DISTRICT, "guardianship"))
            self.prosecutor = cast.seat(cast.make_unit("prosecutor", DISTRICT, "prosecution"))
            self.ombudsperson = cast.seat(cast.make_unit("ombudsperson", NATION, "ombudsperson"))
            self.regional = cast.seat(cast.make_unit("regional ombudsperson", REGION, "ombudsperson"))

    def report(self, **said: Any) -> Signal:
        """Let the doctor tell."""
        given: dict[str, Any] = {
            "door": "health",
            "territory": DISTRICT,
            "concerns": ["physical"],
            "safe_now": "no",
            "suspect_has_access": "yes",
            "child_called": "Айнұр",
            "happened_in": "orphanage",
            "institution": self.director.unit.body_id,
            "suspect": "worker",
        }
        signal = report_signal(actor=self.district.doctor.enter(), report=Report(**(given | said)), now=NOW)
        cast.end_opening(signal.dossier_id)
        return signal


@pytest.fixture
def house(db: None) -> House:
    return House()


def owed(signal: Signal) -> dict[str, Obligation]:
    """Return the procedure's duties of the file by their step."""
    with as_owner():
        rows = Obligation.objects.filter(raised_in=signal.dossier_id, protocol__code=PROCEDURE)
        return {row.step: row for row in rows.order_by("raised_at")}


def met(person: Person, duty: Obligation, outcome: str = "") -> None:
    actions.meet(
        actor=person.enter(), obligation=duty.pk, answer="Done.", outcome=outcome, now=NOW + timedelta(hours=2)
    )


@pytest.mark.parametrize("outcome", ["stays_protected", "suspect_away", "child_moved"])
def test_somebody_from_outside_sees_the_child_alone_within_hours_and_decides(house: House, outcome: str) -> None:
    signal = house.report()
    visit = owed(signal)["visit_alone"]
    assert (visit.unit_id, visit.due_now) == (house.guardian.unit.pk, NOW + timedelta(hours=4))
    met(house.guardian, visit, outcome)
    assert owed(signal)["tonight_kept"].unit_id == house.guardian.unit.pk


def test_a_child_who_could_not_be_seen_is_gone_to_again_within_hours(house: House) -> None:
    signal = house.report()
    met(house.guardian, owed(signal)["visit_alone"], "not_seen")
    assert owed(signal)["visit_again"].due_now == NOW + timedelta(hours=6)
    assert "tonight_kept" not in owed(signal)


def test_a_crime_goes_to_police_and_prosecutor_and_the_worker_is_kept_from_children(house: House) -> None:
    duties = owed(house.report())
    assert duties["police_answer"].unit_id == house.district.inspector.unit.pk
    assert duties["prosecutor_answer"].unit_id == house.prosecutor.unit.pk
    assert duties["kept_away"].unit_id == house.district.coordinator.unit.pk
    assert "own_assessment" not in duties


def test_where_nothing_of_a_crime_is_told_somebody_judges_it_after_the_visit(house: House) -> None:
    signal = house.report(concerns=["neglect"])
    assert "police_answer" not in owed(signal)
    met(house.district.coordinator, owed(signal)["crime_judged"], "crime")
    assert {"police_answer_then", "prosecutor_answer_then"} <= owed(signal).keys()


@pytest.mark.parametrize(
    ("suspect", "police"), [("under_14", False), ("from_14", True), ("child", True), ("worker", True)]
)
def test_a_under_14_who_hurt_others_is_assessed_and_no_police_is_asked_for_that(
    house: House, suspect: str, police: bool
) -> None:
    duties = owed(house.report(suspect=suspect))
    assert ("police_answer" in duties) is police
    assert ("own_assessment" in duties) is (suspect != "worker")
    assert ("kept_away" in duties) is (suspect == "worker")
    if not police:
        assert not {"crime_judged", "prosecutor_answer"} & duties.keys()


@pytest.mark.parametrize(("age", "assessed"), [("under_14", True), ("child", True), ("adult", False)])
def test_a_child_who_is_named_later_gets_an_assessment_of_their_own(house: House, age: str, assessed: bool) -> None:
    signal = house.report(suspect="")
    named = SaidSuspect(role="peer", called="Ержан", age=age)
    allege(actor=house.district.inspector.enter(), dossier=signal.dossier_id, suspect=named, source="child", now=NOW)
    assert ("own_assessment_named" in owed(signal)) is assessed
    if assessed:
        assert owed(signal)["own_assessment_named"].unit_id == house.guardian.unit.pk


def test_an_allegation_in_any_other_file_raises_nothing(house: House) -> None:
    signal = house.report(happened_in="", institution=None)
    named = SaidSuspect(role="peer", called="Ержан", age="under_14")
    allege(actor=house.district.inspector.enter(), dossier=signal.dossier_id, suspect=named, source="child", now=NOW)
    assert owed(signal) == {}


def test_silence_climbs_past_everybody_of_the_institution(house: House) -> None:
    own = house.district.region.unit.body_id
    signal = house.report(institution=own)
    for hours in (4, 4, 7, 7, 13, 13):
        cast.sweep(NOW + timedelta(hours=hours, minutes=1))
    with as_owner():
        told = Escalation.objects.filter(obligation=owed(signal)["visit_alone"]).order_by("rung")
        became = [(one.rung, one.outcome) for one in told]
    assert became[:3] == [(1, "told"), (2, "skipped_safety"), (3, "told")]


def test_the_coachs_other_pupils_are_considered_each_before_the_duty_is_met(house: House) -> None:
    signal = house.report(happened_in="sports_club", child_called="Архат")
    duty, who = owed(signal)["pupils_considered"], house.district.coordinator
    with pytest.raises(actions.NotAllConsidered):
        met(who, duty, "considered")
    dossier = signal.dossier_id
    names = [("Бекзат", True), ("3Б топ", False)]
    rows = [
        cases.name_considered(actor=who.enter(), dossier=dossier, kind="child", called=called, by_name=by_name, now=NOW)
        for called, by_name in names
    ]
    for row, reason in zip(rows, ["signal", "named_now"], strict=True):
        with pytest.raises(actions.NotAllConsidered):
            met(who, duty, "considered")
        cases.decide_considered(
            actor=who.enter(), dossier=dossier, considered=row.pk, way="talked", reason=reason, now=NOW
        )
    met(who, duty, "considered")
    with as_owner():
        assert Obligation.objects.get(pk=duty.pk).state == "met"


def test_an_undecided_pupil_of_the_signal_holds_the_duty_in_the_case_too(house: House) -> None:
    from arasha.signals.actions import open_case_from  # noqa: PLC0415

    signal, who = house.report(), house.district.coordinator
    cases.name_considered(actor=who.enter(), dossier=signal.dossier_id, kind="colleague", called="Г. А.", now=NOW)
    case = open_case_from(actor=who.enter(), signal=signal.pk, now=NOW)
    cast.end_opening(case.dossier_id)
    with pytest.raises(actions.NotAllConsidered):
        met(who, owed(signal)["colleagues_considered"], "nobody")


def test_who_is_considered_is_written_by_nobody_of_the_institution(house: House) -> None:
    signal = house.report()
    with pytest.raises(cases.FileNotThere):
        cases.name_considered(
            actor=house.director.enter(), dossier=signal.dossier_id, kind="child", called="Бекзат", now=NOW
        )


def test_how_many_are_considered_is_counted_for_nobody_else(house: House) -> None:
    from arasha.cases.queries import considered_count  # noqa: PLC0415

    signal = house.report()
    house.director.enter()
    with pytest.raises(NotThere):
        considered_count(signal.dossier_id, "child")


def pages(signal: Signal) -> list[str]:
    """Return the addresses of all that there is of the file, and the lists in which it could stand."""
    file = signal.dossier_id
    duties = [f"/obligations/{row.pk}/" for row in owed(signal).values()]
    subjects = [f"/cases/{file}/{name}/" for name in ("safety", "words", "household", "considered", "lead")]
    return [f"/signals/{signal.pk}/", f"/files/{file}/", f"/people/{file}/", *subjects, *duties]


def test_the_director_reads_no_page_of_it_and_the_coordinator_each(house: House) -> None:
    signal = house.report()
    with cast.building():
        second = cast.seat(house.district.coordinator.unit, user=User.objects.get(pk=house.director.user))
    director, coordinator = cast.browser_of(second), cast.browser_of(house.district.coordinator)
    assert {director.get(page).status_code for page in pages(signal)} == {404}
    assert {coordinator.get(page).status_code for page in pages(signal)} == {200}


@pytest.mark.parametrize("address", ["/", "/signals/", "/obligations/", "/board/", "/notices/", "/cases/offers/"])
def test_the_director_in_the_coordinators_unit_reads_it_in_no_list_and_no_count(house: House, address: str) -> None:
    with cast.building():
        second = cast.seat(house.district.coordinator.unit, user=User.objects.get(pk=house.director.user))
    browser = cast.browser_of(second)
    before = shown(browser, address)
    house.report()
    assert shown(browser, address) == before


@pytest.mark.parametrize("address", ["/", "/signals/", "/obligations/"])
def test_the_coordinator_reads_it_in_the_lists(house: House, address: str) -> None:
    browser = cast.browser_of(house.district.coordinator)
    before = shown(browser, address)
    house.report()
    assert shown(browser, address) != before


def shown(browser: Client, address: str) -> tuple[int, str]:
    """Return what a page answers, without what differs from request to request."""
    page = browser.get(address, follow=True)
    return page.status_code, ONCE.sub("", page.content.decode())


def test_the_director_finds_nobody_in_the_search(house: House) -> None:
    house.report()
    with cast.building():
        second = cast.seat(house.district.coordinator.unit, user=User.objects.get(pk=house.director.user))
    found = []
    for who in (second, house.district.coordinator):
        who.enter()
        found.append([one.called for one in search(*questions("Айнур", NOW.date()))])
    assert found == [[], ["Айнұр"]]
