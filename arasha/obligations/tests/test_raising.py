"""An event obliges a body: which, by when, and who learns of it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.actions import TeamMember
from arasha.kernel.access.models import Member, Post, Unit, UnitFunction
from arasha.kernel.access.queries import body_for
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.models import Act, Change
from arasha.kernel.worktime.rules import Derivation
from arasha.obligations import policy, queries
from arasha.obligations.actions import raise_for
from arasha.obligations.models import Escalation, Gap, Obligation
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import DISTRICT, NOW, District
from tests.database import as_owner

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


def members(obligation: Obligation) -> set[tuple[str, int | None]]:
    with as_owner():
        return set(Member.objects.filter(dossier=obligation.dossier_id).values_list("part", "unit"))


def test_a_health_workers_report_obliges_the_districts_inspection_within_a_day(district: District) -> None:
    obligation = cast.report(district)
    assert obligation.unit_id == district.inspector.unit.id
    assert obligation.found_by == "district"
    assert obligation.due_at == NOW + 24 * HOUR
    assert Derivation.from_json(obligation.derivation).due == obligation.due_at
    assert [planned["function"] for planned in obligation.ladder] == [
        "",
        "coordination_district",
        "coordination_region",
        "coordination_nation",
    ]
    assert obligation.next_check_at == obligation.due_at
    assert members(obligation) == {("lead", district.coordinator.unit.id), ("obliged", district.inspector.unit.id)}


def test_the_inspection_sees_what_it_owes_and_the_reporter_and_the_neighbour_see_nothing(district: District) -> None:
    obligation = cast.report(district)
    actor = district.inspector.enter()
    assert [row.id for row in queries.owed_by(actor)] == [obligation.id]
    assert policy.visible_to(actor).count() == 1
    for outsider in (district.doctor, district.neighbour, district.police_head):
        actor = outsider.enter()
        assert not policy.visible_to(actor).exists()
        assert not Obligation.objects.exists()
        assert not queries.owed_by(actor).exists()


def test_the_act_of_raising_names_nobody(district: District) -> None:
    obligation = cast.report(district)
    with as_owner():
        act = Act.objects.get(stream_key=str(obligation.dossier_id), verb="raise_obligation")
        assert (act.actor_user, act.actor_post, act.actor_unit, act.purpose, act.request) == (None, None, None, "", "")
        assert act.codes["obligation"] == str(obligation.id)
        assert act.codes["unit"] == district.inspector.unit.id
        tables = set(Change.objects.filter(act=act).values_list("table_name", flat=True))
    assert "obligations_obligation" in tables


def test_an_event_that_no_procedure_knows_raises_nothing(district: District) -> None:
    actor = district.doctor.enter()
    dossier = cast.open_file(TeamMember("lead", unit_id=district.coordinator.unit.id))

    def raised(event: str, codes: dict[str, str], at: datetime) -> list[Obligation]:
        return raise_for(
            actor=actor, dossier=dossier, event=event, codes=codes, territory=DISTRICT, from_moment=at, now=NOW
        )

    assert raised("report_signal", {"reporter": "teacher"}, NOW) == []
    assert raised("accept_case", cast.CODES, NOW) == []
    before = datetime(2026, 3, 1, 12, tzinfo=UTC)  # the procedure begins on 2 March 2026
    assert raised("report_signal", cast.CODES, before) == []


def test_nobody_without_a_post_raises_anything(district: District) -> None:
    with pytest.raises(policy.NotAllowed):
        raise_for(
            actor=Actor(kind="user", user_id=district.doctor.user),
            dossier=cast.report(district).dossier_id,
            event="report_signal",
            codes=cast.CODES,
            territory=DISTRICT,
            from_moment=NOW,
            now=NOW,
        )


def test_a_limit_set_at_2350_on_the_eve_of_nauryz_ends_with_the_first_working_day(district: District) -> None:
    cast.publish(("amount: 24, unit: clock_hours}\n    evidence", "amount: 1, unit: working_days}\n    evidence"))
    with cast.building():
        Unit.objects.filter(pk=district.inspector.unit.id).update(around_the_clock=False, opens="09:00", closes="18:30")
    eve = datetime(2026, 3, 20, 18, 50, tzinfo=UTC)  # Friday, 23:50 in Kazakhstan
    obligation = cast.report(district, at=eve)
    # 21–23 March are Nauryz, two of its days fell on the weekend and moved to the 24th and 25th.
    assert obligation.due_at == datetime(2026, 3, 26, 13, 30, tzinfo=UTC)
    days = Derivation.from_json(obligation.derivation).days
    assert [(day.date.day, day.counts) for day in days] == [
        (20, False),
        (21, False),
        (22, False),
        (23, False),
        (24, False),
        (25, False),
        (26, True),
    ]


@pytest.mark.parametrize(
    ("unit", "due"),
    [
        ("clock_hours", datetime(2026, 11, 23, 22, 0, tzinfo=UTC)),
        ("working_hours", datetime(2026, 11, 24, 5, 0, tzinfo=UTC)),
    ],
)
def test_one_hour_at_night_runs_on_or_waits_for_the_clinic_as_the_procedure_says(
    district: District, unit: str, due: datetime
) -> None:
    cast.publish(
        ("function: juvenile_inspection", "function: health_care"),
        ("amount: 24, unit: clock_hours}\n    evidence", f"amount: 1, unit: {unit}" + "}\n    evidence"),
    )
    night = datetime(2026, 11, 23, 21, 0, tzinfo=UTC)  # 02:00 in Kazakhstan; the clinic opens at nine
    obligation = cast.report(district, at=night)
    assert obligation.unit_id == district.doctor.unit.id
    assert obligation.due_at == due


def test_the_reporters_own_unit_may_owe_and_still_does_not_learn_who_reported(district: District) -> None:
    cast.publish(("function: juvenile_inspection", "function: health_care"))
    obligation = cast.report(district)
    assert obligation.unit_id == district.doctor.unit.id
    with cast.building():
        colleague = cast.seat(district.doctor.unit)
    row = queries.owed_by(colleague.enter()).get()
    assert (row.met_by_post_id, row.met_by_unit_id) == (None, None)
    acts = Act.objects.filter(stream_key=str(row.dossier_id))
    assert {(act.actor_user, act.actor_post, act.actor_unit) for act in acts} <= {(None, None, None)}


def test_a_district_without_the_body_is_served_by_the_region_and_the_gap_is_noted(district: District) -> None:
    with cast.building():
        UnitFunction.objects.filter(unit=district.inspector.unit).update(territory_id=cast.REGION)
    obligation = cast.report(district)
    assert (obligation.unit_id, obligation.found_by) == (district.inspector.unit.id, "region")
    district.coordinator.enter()
    assert [(gap.function, gap.territory, gap.level) for gap in Gap.objects.all()] == [
        ("juvenile_inspection", DISTRICT, "district")
    ]


def test_where_no_level_has_the_body_the_coordinator_takes_its_place(district: District) -> None:
    with cast.building():
        UnitFunction.objects.filter(function="juvenile_inspection").delete()
    obligation = cast.report(district)
    assert (obligation.unit_id, obligation.found_by) == (district.coordinator.unit.id, "substitute")
    district.coordinator.enter()
    assert list(Gap.objects.order_by("level").values_list("level", flat=True)) == ["district", "nation", "region"]


def test_where_nobody_at_all_is_found_silence_climbs_from_the_start(district: District) -> None:
    with cast.building():
        UnitFunction.objects.exclude(function="health_care").delete()
    obligation = cast.report(district)
    assert (obligation.unit_id, obligation.found_by) == (None, "nobody")
    assert obligation.next_check_at == NOW
    assert obligation.due_at == NOW + 24 * HOUR


@pytest.mark.parametrize("barred", ["user", "body", "earlier body"])
def test_a_barred_inspector_learns_nothing_and_the_coordinator_takes_the_place(district: District, barred: str) -> None:
    bar = {"user_id": district.inspector.user}
    if barred == "body":
        bar = {"body_id": district.inspector.unit.body_id}
    if barred == "earlier body":  # where the inspector worked until he came here
        with cast.building():
            user = Post.objects.get(pk=district.inspector.post).holder
            school = cast.seat(cast.make_unit("school", DISTRICT, "education_school"), user=user)
        bar = {"body_id": school.unit.body_id}
    obligation = cast.report(district, bars=[bar])
    assert (obligation.unit_id, obligation.found_by) == (district.coordinator.unit.id, "substitute")
    assert not Escalation.objects.exists()
    actor = district.inspector.enter()
    assert not queries.owed_by(actor).exists()
    assert not Obligation.objects.exists()
    assert not Act.objects.filter(verb="raise_obligation").exists()


def test_a_barred_person_among_others_does_not_relieve_the_unit(district: District) -> None:
    with cast.building():
        colleague = cast.seat(district.inspector.unit)
    obligation = cast.report(district, bars=[{"user_id": district.inspector.user}])
    assert obligation.unit_id == district.inspector.unit.id
    assert queries.owed_by(colleague.enter()).count() == 1
    assert not queries.owed_by(district.inspector.enter()).exists()


def test_a_unit_whose_seats_are_vacant_still_owes(district: District) -> None:
    with cast.building():
        Post.objects.filter(unit=district.inspector.unit).update(holder=None)
    assert cast.report(district).unit_id == district.inspector.unit.id


def test_the_same_units_are_found_as_access_finds_them(district: District) -> None:
    district.doctor.enter()
    for function in ("juvenile_inspection", "coordination_district", "coordination_region", "coordination_nation"):
        found = body_for(function, DISTRICT, NOW)
        assert found is not None
        obligation = cast.report(district)
        assert queries.Finder(NOW).rung(obligation, function).unit == found


def test_who_may_not_write_a_file_can_not_ask_who_is_barred_from_it(district: District) -> None:
    obligation = cast.report(district)
    cast.end_opening(obligation.dossier_id)
    district.neighbour.enter()
    for statement in (
        "SELECT * FROM obligations.seats(%s, %s, %s)",
        "SELECT * FROM obligations.seats_of(ARRAY[%s]::uuid[], %s, %s)",
    ):
        with pytest.raises(DatabaseError, match="not there"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, [obligation.dossier_id, [district.inspector.unit.id], NOW])


def test_after_a_split_the_new_district_owes_and_before_it_the_old_one(district: District) -> None:
    # Markakol came out of Kurchum on 3 January 2024.
    kurchum, markakol = "635200000", "635500000"
    with cast.building():
        old = cast.make_unit("inspection of Kurchum", kurchum, "juvenile_inspection")
        above = cast.make_unit("inspection of the region", "630000000", "juvenile_inspection")
    actor = district.doctor.enter()
    dossier = cast.open_file(TeamMember("lead", unit_id=district.coordinator.unit.id))

    def owing(place: str, at: datetime) -> tuple[Unit | None, str, int]:
        found = queries.Finder(at).obliged(dossier, "juvenile_inspection", place, ())
        return found.unit, found.found_by.value, len(found.gaps)

    before, later = datetime(2023, 6, 1, tzinfo=UTC), NOW
    assert actor.unit_id == district.doctor.unit.id
    assert owing(markakol, before) == (old, "district", 0)
    assert owing(kurchum, later) == (old, "district", 0)
    assert owing(markakol, later) == (above, "region", 1)  # nobody serves the new district yet: a gap
    with cast.building():
        new = cast.make_unit("inspection of Markakol", markakol, "juvenile_inspection")
    assert owing(markakol, later) == (new, "district", 0)
    assert owing(markakol, before) == (old, "district", 0)
