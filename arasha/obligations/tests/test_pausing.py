"""Time that stands still is not counted, has a reason and an end, and nobody lets their own stand still."""

from datetime import datetime, timedelta

import pytest

from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.models import Act
from arasha.kernel.worktime.rules import Derivation
from arasha.obligations import policy, queries
from arasha.obligations.actions import NoEnd, NotPossibleNow, grant_time, meet, resume, resume_due, suspend, waive
from arasha.obligations.models import Obligation
from arasha.obligations.rules import ReasonMissing
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District, fresh
from tests.database import as_owner

HOUR = timedelta(hours=1)
DUE = NOW + 24 * HOUR
TICK = timedelta(microseconds=1)
pytestmark = pytest.mark.django_db


def stopped(district: District, obligation: Obligation, at: datetime, until: datetime) -> Obligation:
    actor = district.coordinator.enter()
    return suspend(actor=actor, obligation=obligation.id, until=until, reason="in_hospital", now=at)


def running(district: District, obligation: Obligation, at: datetime) -> Obligation:
    return resume(actor=district.coordinator.enter(), obligation=obligation.id, reason="over", now=at)


def moments(row: Obligation) -> list[datetime]:
    return [datetime.fromisoformat(planned["at"]) for planned in row.ladder]


def test_a_suspended_duty_neither_falls_due_nor_climbs(district: District) -> None:
    obligation = cast.report(district)
    row = stopped(district, obligation, NOW + 4 * HOUR, NOW + 400 * HOUR)
    assert (row.state, row.next_check_at, row.suspended_at) == ("suspended", None, NOW + 4 * HOUR)
    assert cast.sweep(NOW + 300 * HOUR) == 0
    assert not queries.owed_by(district.inspector.enter()).exists()


def test_the_time_that_stood_still_is_added_and_the_ladder_moves_with_it(district: District) -> None:
    obligation = cast.report(district)
    before = moments(obligation)
    stopped(district, obligation, NOW + 4 * HOUR, NOW + 400 * HOUR)
    row = running(district, obligation, NOW + 54 * HOUR)
    assert (row.state, row.due_at, row.due_now, row.extended_to) == ("open", DUE, DUE + 50 * HOUR, None)
    assert row.next_check_at == DUE + 50 * HOUR
    assert moments(row) == [moment + 50 * HOUR for moment in before]
    derivation = Derivation.from_json(row.derivation)
    assert (derivation.due, len(derivation.pauses)) == (row.due_now, 1)
    assert cast.sweep(DUE + 50 * HOUR) == 0
    assert cast.sweep(DUE + 50 * HOUR + TICK) == 1


def test_a_duty_that_was_late_is_as_late_afterwards_and_silence_climbs_from_where_it_was(district: District) -> None:
    obligation = cast.report(district)
    cast.sweep(DUE + HOUR)
    stopped(district, obligation, DUE + 4 * HOUR, DUE + 400 * HOUR)
    row = running(district, obligation, DUE + 104 * HOUR)
    assert (row.state, row.due_now, row.rung) == ("overdue", DUE, 1)
    # The second rung was to come a day after the due moment; a hundred hours did not count.
    assert row.next_check_at == DUE + 124 * HOUR
    assert moments(row)[0] == DUE  # what was reached stays dated as it was


def test_what_was_extended_keeps_the_time_it_was_given(district: District) -> None:
    obligation = cast.report(district)
    until = DUE + 24 * HOUR
    grant_time(actor=district.coordinator.enter(), obligation=obligation.id, until=until, now=NOW + HOUR)
    stopped(district, obligation, NOW + 4 * HOUR, NOW + 400 * HOUR)
    row = running(district, obligation, NOW + 14 * HOUR)
    assert (row.due_at, row.due_now, row.extended_to) == (DUE, until + 10 * HOUR, until + 10 * HOUR)


def test_at_its_end_time_runs_again_by_itself_from_that_moment_not_from_when_it_was_noticed(district: District) -> None:
    obligation = cast.report(district)
    stopped(district, obligation, NOW + 4 * HOUR, NOW + 14 * HOUR)
    assert resume_due(actor=cast.sweeper(), now=NOW + 14 * HOUR - TICK) == 0
    assert resume_due(actor=cast.sweeper(), now=NOW + 20 * HOUR) == 1
    row = fresh(obligation)
    assert (row.state, row.due_now) == ("open", DUE + 10 * HOUR)
    assert [said.remark.reason for said in queries.remarks_of(row)] == ["in_hospital", "time_is_over"]
    assert resume_due(actor=cast.sweeper(), now=NOW + 20 * HOUR) == 0


def test_only_the_clock_ends_suspensions_by_the_clock(district: District) -> None:
    with pytest.raises(policy.NotAllowed):
        resume_due(actor=district.coordinator.enter(), now=NOW)


def test_it_can_be_met_and_waived_while_time_stands_still(district: District) -> None:
    first, second = cast.report(district), cast.report(district)
    for obligation in (first, second):
        stopped(district, obligation, NOW + 4 * HOUR, NOW + 400 * HOUR)
    met = meet(actor=district.inspector.enter(), obligation=first.id, answer="done", now=NOW + 300 * HOUR)
    assert (met.state, met.suspended_at) == ("met", None)  # it had twenty hours left when its time stopped
    actor = district.coordinator.enter()
    gone = waive(actor=actor, obligation=second.id, reason="done_otherwise", words="by the court", now=NOW + 5 * HOUR)
    assert (gone.state, gone.suspended_at) == ("waived", None)


def test_what_was_late_when_its_time_stopped_is_met_late(district: District) -> None:
    obligation = cast.report(district)
    cast.sweep(DUE + HOUR)
    stopped(district, obligation, DUE + 4 * HOUR, DUE + 400 * HOUR)
    met = meet(actor=district.inspector.enter(), obligation=obligation.id, answer="done", now=DUE + 5 * HOUR)
    assert met.state == "met_late"


def test_who_owes_it_can_not_stop_the_time_or_let_it_run(district: District) -> None:
    obligation = cast.report(district)
    actor = district.inspector.enter()
    with pytest.raises(policy.NotAllowed):
        suspend(actor=actor, obligation=obligation.id, until=DUE, reason="in_hospital", now=NOW)
    stopped(district, obligation, NOW + HOUR, NOW + 4 * HOUR)
    actor = district.inspector.enter()
    with pytest.raises(policy.NotAllowed):
        resume(actor=actor, obligation=obligation.id, reason="over", now=NOW + 2 * HOUR)


def test_a_suspension_ends_in_the_future_has_a_reason_and_happens_once(district: District) -> None:
    obligation = cast.report(district)
    with pytest.raises(NoEnd):
        stopped(district, obligation, NOW + HOUR, NOW + HOUR)
    actor = district.coordinator.enter()
    with pytest.raises(ReasonMissing):
        suspend(actor=actor, obligation=obligation.id, until=DUE, reason="no_people", now=NOW)
    with pytest.raises(ReasonMissing):  # the system's own word
        resume(actor=actor, obligation=obligation.id, reason="time_is_over", now=NOW)
    with pytest.raises(NotPossibleNow):
        running(district, obligation, NOW + HOUR)
    stopped(district, obligation, NOW + HOUR, NOW + 4 * HOUR)
    with pytest.raises(NotPossibleNow):
        stopped(district, obligation, NOW + 2 * HOUR, NOW + 4 * HOUR)
    with pytest.raises(NotPossibleNow):
        grant_time(actor=district.coordinator.enter(), obligation=obligation.id, until=DUE + HOUR, now=NOW + 2 * HOUR)


def test_stopping_and_running_are_acts_with_codes(district: District) -> None:
    obligation = cast.report(district)
    stopped(district, obligation, NOW + HOUR, NOW + 4 * HOUR)
    running(district, obligation, NOW + HOUR)  # at the same moment: no time stood still
    assert fresh(obligation).due_now == DUE
    with as_owner():
        acts = list(Act.objects.filter(verb__in=["suspend_obligation", "resume_obligation"]).order_by("seq"))
    assert [act.codes["reason"] for act in acts] == ["in_hospital", "over"]
    assert [act.codes["state"] for act in acts] == ["suspended", "open"]


def test_a_stranger_to_the_file_stops_nothing(district: District) -> None:
    obligation = cast.report(district)
    with pytest.raises(policy.NotAllowed):
        resume_due(actor=Actor(kind="user"), now=NOW)
    cast.end_opening(obligation.dossier_id)
    assert not policy.visible_to(district.neighbour.enter()).exists()
