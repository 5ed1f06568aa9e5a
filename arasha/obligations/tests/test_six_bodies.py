"""What one nurse sees becomes what six bodies owe: found by role and place, told once each, going on by answers."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from arasha.kernel.access.actions import TeamMember
from arasha.kernel.access.models import Member, Post, Unit, UnitFunction
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.models import Notice
from arasha.obligations import policy
from arasha.obligations.actions import OutcomeMissing, meet, raise_for
from arasha.obligations.models import Gap, Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District, Six
from arasha.obligations.tests.procedures import SIX
from tests.database import as_owner

HOUR = timedelta(hours=1)
DUE = NOW + 24 * HOUR
ELSEWHERE = "611600000"
pytestmark = pytest.mark.django_db


@pytest.fixture
def six(district: District) -> Six:
    return cast.make_six()


def roles(six: Six) -> dict[str, int]:
    return {"reporting_body": six.clinic.unit.pk, "school_of_the_child": six.school.unit.pk}


def owing(rows: dict[str, Obligation]) -> dict[str, tuple[int | None, str]]:
    return {step: (row.unit_id, row.found_by) for step, row in rows.items()}


def gaps(row: Obligation) -> list[tuple[str, str]]:
    cast.sweeper()
    return list(Gap.objects.filter(obligation=row).order_by("level").values_list("function", "level"))


def test_each_step_obliges_its_body_in_the_childs_own_district(district: District, six: Six) -> None:
    rows = cast.report_to_six(district, roles(six), identified_at=NOW - HOUR / 2)
    assert owing(rows) == {
        "evaluation": (six.clinic.unit.pk, "named"),
        "tell_inspection": (district.inspector.unit.pk, "district"),
        "tell_guardianship": (six.guardian.unit.pk, "district"),
        "tell_protection": (six.protection.unit.pk, "district"),
        "tell_school": (six.school.unit.pk, "named"),
        "go_there": (district.inspector.unit.pk, "district"),
    }
    assert rows["evaluation"].due_now == NOW + HOUR / 2  # an hour from when the worker identified it
    assert rows["tell_school"].due_now == DUE
    with as_owner():
        team = set(Member.objects.filter(dossier=rows["evaluation"].dossier_id).values_list("part", "unit"))
    others = (six.clinic, six.guardian, six.protection, six.school, district.inspector)
    assert team == {("lead", district.coordinator.unit.pk)} | {("obliged", one.unit.pk) for one in others}


def test_a_unit_that_owes_two_things_gets_one_notice_and_sees_both(district: District, six: Six) -> None:
    rows = cast.report_to_six(district, roles(six))
    twice = [rows["tell_inspection"], rows["go_there"]]
    assert twice[0].number == twice[1].number != ""
    assert len({row.number for row in rows.values() if row.number}) == 4  # four units for five written notices
    assert rows["evaluation"].number == ""  # no notice: the procedure asks for none
    with as_owner():
        assert Notice.objects.filter(unit=district.inspector.unit, code="new_duty").count() == 1
    actor = district.inspector.enter()
    assert set(policy.visible_to(actor).values_list("step", flat=True)) >= {"tell_inspection", "go_there"}


def test_a_childs_school_that_is_not_known_is_a_gap_and_the_department_owes(district: District, six: Six) -> None:
    rows = cast.report_to_six(district, {"reporting_body": six.clinic.unit.pk})
    assert owing(rows)["tell_school"] == (six.department.unit.pk, "district")
    assert gaps(rows["tell_school"]) == [("education_department", "school_of_the_child")]


def test_a_school_that_is_closed_by_now_is_not_known_either(district: District, six: Six) -> None:
    with cast.building():
        Unit.objects.filter(pk=six.school.unit.pk).update(valid_to=(NOW - 48 * HOUR).date())
    rows = cast.report_to_six(district, roles(six))
    assert owing(rows)["tell_school"] == (six.department.unit.pk, "district")


def test_no_guardianship_in_the_district_is_a_gap_and_the_regions_owes(district: District, six: Six) -> None:
    with cast.building():
        UnitFunction.objects.filter(function="guardianship").delete()
        above = cast.make_unit("guardianship of the region", cast.REGION, "guardianship")
    rows = cast.report_to_six(district, roles(six))
    assert owing(rows)["tell_guardianship"] == (above.pk, "region")
    assert gaps(rows["tell_guardianship"]) == [("guardianship", "district")]


def test_no_guardianship_anywhere_lets_the_coordinator_take_the_place(district: District, six: Six) -> None:
    with cast.building():
        UnitFunction.objects.filter(function="guardianship").delete()
    row = cast.report_to_six(district, roles(six))["tell_guardianship"]
    assert (row.unit_id, row.found_by) == (district.coordinator.unit.pk, "substitute")
    assert gaps(row) == [("guardianship", "district"), ("guardianship", "nation"), ("guardianship", "region")]


def test_a_child_found_in_another_region_is_owed_to_by_bodies_of_both_places(district: District, six: Six) -> None:
    rows = cast.report_to_six(district, roles(six), found_in=ELSEWHERE)
    assert owing(rows)["tell_inspection"] == (district.inspector.unit.pk, "district")
    assert owing(rows)["go_there"] == (district.neighbour.unit.pk, "district")
    assert (rows["go_there"].territory, rows["tell_inspection"].territory) == (ELSEWHERE, cast.DISTRICT)
    assert policy.visible_to(district.neighbour.enter()).count() == 6  # what the file's other bodies owe, too


def test_the_school_in_which_the_suspect_alone_works_is_passed_over(district: District, six: Six) -> None:
    rows = cast.report_to_six(district, roles(six), bars=[{"user_id": six.school.user}])
    assert owing(rows)["tell_school"] == (district.coordinator.unit.pk, "substitute")
    assert not policy.visible_to(six.school.enter()).exists()


def test_the_suspects_school_is_told_and_the_suspect_learns_nothing(district: District, six: Six) -> None:
    with cast.building():
        suspect = cast.seat(six.school.unit)
    rows = cast.report_to_six(district, roles(six), bars=[{"user_id": suspect.user}])
    assert owing(rows)["tell_school"] == (six.school.unit.pk, "named")
    assert policy.visible_to(six.school.enter()).exists()
    assert not policy.visible_to(suspect.enter()).exists()
    assert not Notice.objects.filter(unit=six.school.unit).exists()
    assert not Act.objects.filter(stream_key=str(rows["tell_school"].dossier_id)).exists()


def test_a_whole_school_that_is_barred_is_passed_over_also_for_who_worked_there_before(
    district: District, six: Six
) -> None:
    rows = cast.report_to_six(district, roles(six), bars=[{"body_id": six.school.unit.body_id}])
    assert owing(rows)["tell_school"] == (district.coordinator.unit.pk, "substitute")


def test_the_reporters_own_body_may_owe_and_its_head_does_not_learn_who_reported(district: District, six: Six) -> None:
    with cast.building():
        head = cast.seat(district.doctor.unit)
    units = roles(six) | {"reporting_body": district.doctor.unit.pk}
    row = cast.report_to_six(district, units)["evaluation"]
    assert (row.unit_id, row.role) == (district.doctor.unit.pk, "reporting_body")
    head.enter()
    acts = Act.objects.filter(stream_key=str(row.dossier_id))
    assert {(act.actor_user, act.actor_unit) for act in acts} == {(None, None)}


def answered(who: cast.Person, row: Obligation, outcome: str, *, hours: float = 0.5) -> Obligation:
    actor = who.enter()
    return meet(actor=actor, obligation=row.id, answer="It was looked at.", outcome=outcome, now=NOW + hours * HOUR)


def following(row: Obligation) -> list[Obligation]:
    cast.sweeper()
    return list(Obligation.objects.filter(caused_by=row).order_by("step"))


def test_what_is_confirmed_asks_others_for_the_next_steps(district: District, six: Six) -> None:
    rows = cast.report_to_six(district, roles(six))
    met = answered(six.clinic, rows["evaluation"], "confirmed")
    assert (met.outcome, met.state) == ("confirmed", "met")
    team, worker = sorted(following(met), key=lambda row: row.step, reverse=True)
    assert {team.step, worker.step} == {"team", "name_the_worker"}
    assert {row.unit_id for row in (team, worker)} == {six.protection.unit.pk}
    assert {row.from_moment for row in (team, worker)} == {met.met_at}
    with as_owner():
        acts = Act.objects.filter(verb="raise_obligation", codes__obligation__in=[str(team.id), str(worker.id)])
        assert {act.actor_unit for act in acts} == {six.clinic.unit.pk}  # who answered is known; who told is not


def test_what_is_unclear_is_owed_again_by_the_same_body_as_it_was_named(district: District, six: Six) -> None:
    rows = cast.report_to_six(district, roles(six))
    met = answered(six.clinic, rows["evaluation"], "unclear")
    (again,) = following(met)
    assert (again.step, again.unit_id, again.found_by) == ("evaluation_again", six.clinic.unit.pk, "named")
    second = answered(six.clinic, again, "unclear", hours=2)
    (third,) = following(second)
    assert (third.step, third.caused_by_id) == ("evaluation_again", again.id)


@pytest.mark.parametrize("outcome", ["", "perhaps", "confirmed'"])
def test_a_step_with_outcomes_is_met_with_one_of_them(district: District, six: Six, outcome: str) -> None:
    row = cast.report_to_six(district, roles(six))["evaluation"]
    with pytest.raises(OutcomeMissing):
        answered(six.clinic, row, outcome)
    assert cast.fresh(row).state == "open"


def test_a_step_without_outcomes_takes_none(district: District, six: Six) -> None:
    row = cast.report_to_six(district, roles(six))["tell_guardianship"]
    with pytest.raises(OutcomeMissing):
        answered(six.guardian, row, "confirmed")
    assert answered(six.guardian, row, "").state == "met"


def test_a_file_goes_on_by_the_version_it_began_with(district: District, six: Six) -> None:
    rows = cast.report_to_six(district, roles(six))
    newer = SIX.replace("version: 1", "version: 2").replace("step: team", "step: another_team")
    cast.adopt(newer)
    met = answered(six.clinic, rows["evaluation"], "confirmed")
    assert {row.step for row in following(met)} == {"team", "name_the_worker"}
    begun_later = cast.report_to_six(district, roles(six))
    met = answered(six.clinic, begun_later["evaluation"], "confirmed")
    assert {row.step for row in following(met)} == {"another_team", "name_the_worker"}


def test_a_bodies_post_that_ended_since_owes_nothing_less(district: District, six: Six) -> None:
    with cast.building():
        Post.objects.filter(unit=six.protection.unit).update(holder=None)
    row = cast.report_to_six(district, roles(six))["tell_protection"]
    assert (row.unit_id, row.delivered_at) == (six.protection.unit.pk, None)


def test_who_may_not_write_a_file_brings_nobody_to_it(district: District, six: Six) -> None:
    rows = cast.report_to_six(district, roles(six))
    dossier: Any = rows["evaluation"].dossier_id
    cast.end_opening(dossier)
    cast.refused_to_oblige(district.neighbour, dossier, six.department.unit.pk)


def test_nobody_joins_a_file_for_whom_nothing_is_owed_there(district: District, six: Six) -> None:
    rows = cast.report_to_six(district, roles(six))
    dossier: Any = rows["evaluation"].dossier_id
    cast.obliges_nobody(six.clinic, dossier, six.department.unit.pk)


def test_six_duties_are_written_in_one_call_and_an_act_each(district: District, six: Six) -> None:
    with CaptureQueriesContext(connection) as asked:
        rows = cast.report_to_six(district, roles(six))
    writes = [query["sql"] for query in asked if "obligations.raise_duties" in query["sql"]]
    assert len(writes) == 1
    assert not [query for query in asked if "INSERT INTO" in query["sql"] and "obligations_" in query["sql"]]
    with as_owner():
        acts = Act.objects.filter(verb="raise_obligation").order_by("id")
        told = [
            act.codes["obligation"] for act in acts if act.codes["obligation"] in {str(r.id) for r in rows.values()}
        ]
    assert len(told) == len(rows) == 6
    assert rows["tell_guardianship"].raised_at == NOW


def test_how_many_duties_an_event_raises_makes_no_query_more(district: District, six: Six) -> None:
    raising(district, six)  # texts of procedures are read once in a process
    assert raising(district, six) == (6, 12)
    cast.adopt(SIX.replace("six_bodies", "six_more_bodies"))
    raising(district, six)
    assert raising(district, six) == (12, 12)


def raising(district: District, six: Six) -> tuple[int, int]:
    """Return how many duties a report raises in a file of its own, and by how many queries."""
    actor = district.doctor.enter()
    dossier = cast.open_file(TeamMember("lead", unit_id=district.coordinator.unit.id))
    with CaptureQueriesContext(connection) as asked:
        rows = raise_for(
            actor=actor,
            dossier=dossier,
            event="report_signal",
            codes={"reporter": "six"},
            territory=cast.DISTRICT,
            from_moment=NOW,
            now=NOW,
            units=roles(six),
        )
    return len(rows), len([query for query in asked if "SAVEPOINT" not in query["sql"]])


def test_nobody_raises_a_duty_in_a_file_that_is_not_theirs_by_calling_the_function(
    district: District, six: Six
) -> None:
    row = cast.report_to_six(district)["tell_guardianship"]
    copied = {str(field.column): field.value_from_object(row) for field in row._meta.concrete_fields}
    given = json.dumps([{"row": copied | {"id": str(uuid4())}, "codes": {}, "gaps": []}], default=str)
    district.neighbour.enter()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT obligations.raise_duties(%s::uuid, %s::jsonb, '{}', %s::timestamptz, true)",
            [row.dossier_id, given, NOW],
        )
    with as_owner():
        assert Obligation.objects.filter(dossier=row.dossier_id, step="tell_guardianship").count() == 1
