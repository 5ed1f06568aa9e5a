"""Which way a report goes, who is kept from it, and what procedures are told of it."""

from dataclasses import dataclass
from typing import Any

import pytest

from arasha.kernel.access.actions import TeamMember, add_member
from arasha.kernel.access.models import Bar, Unit, User
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, District, Person
from arasha.signals import actions, queries, rules
from arasha.signals.actions import reporting
from arasha.signals.models import Signal
from tests.database import as_owner

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Around:
    """What stands around the child besides the cast: a school with its head, and another clinic."""

    psychologist: Person
    school_head: Person
    other_clinic: Person
    colleague: Person


@pytest.fixture
def around(district: District) -> Around:
    with cast.building():
        head = cast.make_unit("school", DISTRICT, "education_school")
        room = cast.make_unit("psychologist", DISTRICT, "education_school", parent=head)
        room.body = head.body
        room.save()
        clinic = cast.make_unit("other clinic", DISTRICT, "health_care")
        return Around(cast.seat(room), cast.seat(head), cast.seat(clinic), cast.seat(district.doctor.unit))


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What was said to the procedures."""
    calls: list[dict[str, Any]] = []
    monkeypatch.setattr(reporting, "raise_for", lambda **given: calls.append(given))
    return calls


def written(by: Person, **said: Any) -> actions.Report:
    door = rules.door_for(by.enter().functions)
    given = {"territory": DISTRICT, "concerns": ["physical"], "safe_now": "yes", "suspect_has_access": "no"} | said
    return actions.Report(door=door, **given)


def report(by: Person, **said: Any) -> Signal:
    signal = actions.report_signal(report=written(by, **said), actor=by.enter(), now=NOW)
    cast.end_opening(signal.dossier_id)
    return signal


def units(by: Person, **said: Any) -> dict[str, Unit]:
    """Return which unit stands for which role when this is reported."""
    return dict(queries.plan_of(by.enter(), written(by, **said), NOW).units)


def test_procedures_learn_who_kind_of_reporter_what_worries_and_how_urgent(
    district: District, around: Around, told: list[dict[str, Any]]
) -> None:
    report(district.doctor, concerns=["physical", "neglect"], school=around.school_head.unit.pk)
    assert told[0]["codes"] == {
        "reporter": "health_worker",
        "concern": ["physical", "neglect", "suspected_violence"],
        "urgency": "three_days",
        "way": "direct",
        "school": "known",
        "clinic": "unknown",
        "safe": "yes",
        "injury": "none",
        "institution": "none",
        "suspect": "unknown",
        "statement": "not_said",
        "response": "ordinary",
    }
    assert told[0]["units"] == {"school_of_the_child": around.school_head.unit.pk}
    report(around.psychologist, clinic=around.other_clinic.unit.pk, safe_now="no")
    assert told[1]["codes"]["reporter"] == "school_psychologist"
    assert (told[1]["codes"]["clinic"], told[1]["codes"]["urgency"]) == ("known", "tonight")


def test_through_the_head_names_the_topmost_unit_of_the_own_body(around: Around, told: list[dict[str, Any]]) -> None:
    signal = report(around.psychologist, way="through_head", school=around.school_head.unit.pk)
    assert (told[0]["codes"]["way"], told[0]["codes"]["school"]) == ("through_head", "known")
    named = units(around.psychologist, way="through_head")
    assert named == {"reporting_body": around.school_head.unit}
    with as_owner():
        assert Signal.objects.get(pk=signal.pk).way == "through_head"


@pytest.mark.parametrize("way", ["direct", "through_head"])
def test_the_own_organisation_is_named_only_where_its_head_is_told_anyway(
    around: Around, told: list[dict[str, Any]], way: str
) -> None:
    signal = report(around.psychologist, way=way, school=around.school_head.unit.pk)
    with as_owner():
        kept = Signal.objects.get(pk=signal.pk)
    if way == "direct":
        assert (kept.school_id, told[0]["codes"]["school"]) == (None, "unknown")
        assert units(around.psychologist, school=around.school_head.unit.pk) == {}
    else:
        assert kept.school_id == around.school_head.unit.pk


def test_where_the_suspect_works_is_barred_and_not_told(
    district: District, around: Around, told: list[dict[str, Any]]
) -> None:
    signal = report(district.doctor, school=around.school_head.unit.pk, suspect_works="school")
    assert told[0]["codes"]["school"] == "suspect_works_there"
    assert units(district.doctor, school=around.school_head.unit.pk, suspect_works="school") == {}
    assert queries.find(around.school_head.enter(), signal.pk) is None
    with as_owner():
        assert Bar.objects.get(dossier=signal.dossier_id).body_id == around.school_head.unit.body_id


def test_the_head_is_passed_by_when_the_suspect_works_there_and_the_file_does_not_say_whose_workplace_it_is(
    district: District, told: list[dict[str, Any]]
) -> None:
    signal = report(district.doctor, way="through_head", suspect_works="own")
    with as_owner():
        kept = Signal.objects.get(pk=signal.pk)
        barred = Bar.objects.get(dossier=signal.dossier_id)
    assert (kept.way, kept.suspect_works) == ("direct", "other")
    assert barred.body_id == district.doctor.unit.body_id
    assert told[0]["codes"]["way"] == "direct"
    assert units(district.doctor, way="through_head", suspect_works="own") == {}


def test_a_unit_that_is_no_school_of_the_district_is_no_school(
    district: District, around: Around, told: list[dict[str, Any]]
) -> None:
    report(district.doctor, school=around.other_clinic.unit.pk, clinic=999_999_999)
    assert (told[0]["codes"]["school"], told[0]["codes"]["clinic"]) == ("unknown", "unknown")


def test_who_is_named_in_words_as_one_who_must_not_know_is_kept_out(district: District) -> None:
    with as_owner():
        User.objects.filter(pk=district.inspector.user).update(name="Дәурен Сейітқали")
    signal = report(district.doctor, must_not_know="Отчим Сейітқали Дәурен, инспектор")
    assert queries.find(district.inspector.enter(), signal.pk) is None
    assert queries.find(district.coordinator.enter(), signal.pk) is not None


def test_when_the_coordinator_must_not_know_the_region_leads(district: District) -> None:
    signal = report(district.doctor, barred_users=[district.coordinator.user])
    assert queries.find(district.coordinator.enter(), signal.pk) is None
    found = queries.find(district.region.enter(), signal.pk)
    assert found is not None
    with as_owner():
        assert found.dossier.lead_unit_id == district.region.unit.pk


def test_two_reports_in_the_same_second_are_two_signals(district: District, around: Around) -> None:
    first = report(district.doctor, child_called="Аяру")
    second = report(around.psychologist, child_called="Аяру")
    district.coordinator.enter()
    assert {row.pk for row in queries.queue(district.coordinator.enter())} == {first.pk, second.pk}


def test_injuries_open_for_who_reads_the_health_of_the_file_alone(district: District) -> None:
    seen = [rules.Injury("front_face", "bruise", (30,), ("blue",)), rules.Injury("back_upper")]
    signal = report(district.doctor, injuries=seen)
    district.coordinator.enter()
    assert queries.injuries_of(signal.dossier_id) == seen
    district.inspector.enter()
    assert queries.injuries_of(signal.dossier_id) == []


def test_the_school_that_owes_something_learns_the_childs_name_and_nothing_of_what_worries(
    district: District, around: Around
) -> None:
    signal = report(district.doctor, child_called="Аяру", child_age=9)
    district.coordinator.enter()
    with act(verb="note", stream=dossier_stream(signal.dossier_id), now=NOW):
        add_member(dossier=signal.dossier_id, member=TeamMember("obliged", unit_id=around.school_head.unit.pk))
    around.school_head.enter()
    assert queries.children_of([signal.dossier_id]) == {signal.dossier_id: queries.Child("Аяру", 9, "unknown")}
    assert not Signal.objects.filter(pk=signal.pk).exists()
    district.neighbour.enter()
    assert queries.children_of([signal.dossier_id]) == {}
