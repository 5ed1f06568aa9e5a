"""Silence climbs by itself: rung by rung, dated when it fell due, past whoever is not there or must not know."""

from datetime import UTC, datetime, timedelta

import pytest

from arasha.kernel.access.models import Member, Post, Unit, UnitFunction
from arasha.kernel.journal.models import Act
from arasha.obligations import policy, queries
from arasha.obligations.actions import climb, sweep_batch
from arasha.obligations.models import Escalation, Obligation
from arasha.obligations.rules import TransitionForbidden
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District, fresh, rungs, sweep
from tests.database import as_owner

HOUR = timedelta(hours=1)
DUE = NOW + 24 * HOUR
TICK = timedelta(microseconds=1)
pytestmark = pytest.mark.django_db


def test_at_the_due_moment_nothing_is_late_yet(district: District) -> None:
    obligation = cast.report(district)
    assert sweep(DUE) == 0
    assert fresh(obligation).state == "open"


def test_a_moment_later_it_is_overdue_and_the_unit_above_is_told_at_once(district: District) -> None:
    obligation = cast.report(district)
    assert sweep(DUE + 3 * HOUR) == 1
    row = fresh(obligation)
    assert (row.state, row.rung, row.next_check_at) == ("overdue", 1, DUE + 24 * HOUR)
    # Dated when it fell due; the three hours until somebody noticed stand beside it.
    assert rungs(obligation) == [(1, "told", district.police_head.unit.id, DUE)]
    assert Escalation.objects.get().noticed_at == DUE + 3 * HOUR


def test_the_act_says_what_became_of_the_rung_and_is_the_clocks(district: District) -> None:
    obligation = cast.report(district)
    sweep(DUE + TICK)
    with as_owner():
        act = Act.objects.get(verb="obligation_overdue")
    assert (act.stream_key, act.actor_user, act.purpose) == (str(obligation.dossier_id), None, "sweep")
    assert act.codes["rungs"] == [
        {"rung": 1, "outcome": "told", "unit": district.police_head.unit.id, "fell_due_at": DUE.isoformat()}
    ]


def test_who_is_told_joins_the_team_and_sees_it(district: District) -> None:
    obligation = cast.report(district)
    assert not policy.visible_to(district.police_head.enter()).exists()
    sweep(DUE + TICK)
    actor = district.police_head.enter()
    assert list(queries.late_in(actor)) == [obligation]
    with as_owner():
        part = Member.objects.get(dossier=obligation.dossier_id, unit=district.police_head.unit).part
    assert part == "overseeing"


def test_an_overdue_duty_stands_on_the_coordinators_list_of_what_is_late(district: District) -> None:
    obligation = cast.report(district)
    assert not queries.late_in(district.coordinator.enter()).exists()
    sweep(DUE + TICK)
    assert list(queries.late_in(district.coordinator.enter())) == [obligation]


def test_silence_climbs_rung_by_rung_to_the_top_and_then_rests(district: District) -> None:
    obligation = cast.report(district)
    for hours, reached in ((1, 1), (23, 1), (25, 2), (73, 3), (169, 4), (9999, 4)):
        sweep(DUE + hours * HOUR)
        assert fresh(obligation).rung == reached
    assert rungs(obligation) == [
        (1, "told", district.police_head.unit.id, DUE),
        (2, "told", district.coordinator.unit.id, DUE + 24 * HOUR),
        (3, "told", district.region.unit.id, DUE + 72 * HOUR),
        (4, "told", district.nation.unit.id, DUE + 168 * HOUR),
    ]
    assert fresh(obligation).next_check_at is None


def test_a_clock_that_jumps_a_week_leaves_the_same_ladder_as_one_that_walked(district: District) -> None:
    obligation = cast.report(district)
    assert sweep(DUE + 1000 * HOUR) == 4
    assert [(rung, when) for rung, _outcome, _unit, when in rungs(obligation)] == [
        (1, DUE),
        (2, DUE + 24 * HOUR),
        (3, DUE + 72 * HOUR),
        (4, DUE + 168 * HOUR),
    ]


def test_an_empty_rung_is_noted_and_the_next_takes_its_turn_at_once(district: District) -> None:
    with cast.building():
        Unit.objects.filter(pk=district.inspector.unit.id).update(parent=None)
        Post.objects.filter(unit=district.coordinator.unit).update(holder=None)
    obligation = cast.report(district)
    sweep(DUE + TICK)
    assert rungs(obligation) == [
        (1, "skipped_empty", None, DUE),
        (2, "skipped_empty", None, DUE),
        (3, "told", district.region.unit.id, DUE),
    ]
    assert fresh(obligation).next_check_at == DUE + 168 * HOUR


def test_a_barred_holder_of_a_rung_is_passed_over_and_learns_nothing(district: District) -> None:
    obligation = cast.report(district, bars=[{"user_id": district.police_head.user}])
    sweep(DUE + TICK)
    assert [(rung, outcome) for rung, outcome, _unit, _when in rungs(obligation)] == [
        (1, "skipped_safety"),
        (2, "told"),
    ]
    assert not Obligation.objects.filter(pk__in=policy.visible_to(district.police_head.enter())).exists()
    assert not Escalation.objects.exists()


def test_a_rung_that_owes_it_itself_is_passed_over(district: District) -> None:
    with cast.building():
        UnitFunction.objects.filter(function="juvenile_inspection").delete()
    obligation = cast.report(district)  # the district's coordinator takes the place, and has no unit above
    sweep(DUE + TICK)
    assert [(rung, outcome) for rung, outcome, _unit, _when in rungs(obligation)] == [
        (1, "skipped_empty"),
        (2, "skipped_same"),
        (3, "told"),
    ]


def test_a_duty_with_every_rung_empty_is_overdue_and_stays_visible(district: District) -> None:
    above = [person.unit.id for person in (district.coordinator, district.region, district.nation)]
    with cast.building():
        Unit.objects.filter(pk=district.inspector.unit.id).update(parent=None)
        # They serve another place now; the functions stay, and with them what the units may see.
        UnitFunction.objects.filter(unit__in=above).update(territory_id="611600000")
    obligation = cast.report(district)
    sweep(DUE + TICK)
    row = fresh(obligation)
    assert (row.state, row.rung, row.next_check_at) == ("overdue", 0, None)
    assert {outcome for _rung, outcome, _unit, _when in rungs(obligation)} == {"skipped_empty"}
    assert list(queries.late_in(district.coordinator.enter())) == [obligation]


def test_where_nobody_owes_it_silence_climbs_at_once_and_it_falls_due_later(district: District) -> None:
    with cast.building():
        UnitFunction.objects.filter(function__in=["juvenile_inspection", "coordination_district"]).delete()
    obligation = cast.report(district)
    assert obligation.found_by == "substitute"
    with cast.building():
        UnitFunction.objects.all().delete()
    nobody = cast.report(district)
    sweep(NOW + HOUR)
    assert fresh(nobody).state == "open"
    assert fresh(nobody).next_check_at == nobody.due_at
    sweep(DUE + TICK)
    assert fresh(nobody).state == "overdue"


def test_only_the_sweeper_lets_silence_climb(district: District) -> None:
    obligation = cast.report(district)
    for person in (district.coordinator, district.inspector, district.nation):
        actor = person.enter()
        with pytest.raises(policy.NotAllowed):
            sweep_batch(actor=actor, now=DUE + HOUR)
        with pytest.raises(policy.NotAllowed):
            climb(actor=actor, obligation=obligation, now=DUE + HOUR)


def test_what_is_met_does_not_climb(district: District) -> None:
    obligation = cast.report(district)
    obligation.state = "met"
    with pytest.raises(TransitionForbidden):
        climb(actor=cast.sweeper(), obligation=obligation, now=DUE + HOUR)


def test_the_ladder_follows_the_version_that_the_duty_began_with(district: District) -> None:
    first = cast.report(district)
    cast.publish(("after: {amount: 24, unit: clock_hours}", "after: {amount: 1, unit: clock_hours}"))
    second = cast.report(district)
    sweep(DUE + 2 * HOUR)
    assert (fresh(first).rung, fresh(second).rung) == (1, 2)


def test_a_body_that_ended_since_is_not_told(district: District) -> None:
    obligation = cast.report(district)
    with cast.building():
        Unit.objects.filter(pk=district.coordinator.unit.id).update(valid_to=datetime(2026, 11, 24, tzinfo=UTC).date())
    sweep(DUE + 25 * HOUR)
    assert [(rung, outcome) for rung, outcome, _unit, _when in rungs(obligation)] == [
        (1, "told"),
        (2, "skipped_empty"),
        (3, "told"),
    ]
