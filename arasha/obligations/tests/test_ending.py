"""A duty may end without being met, or turn out not to have ended; a supervisor says so, with a reason."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from arasha.kernel.journal.models import Act
from arasha.obligations import policy, queries
from arasha.obligations.actions import (
    NoSuccessor,
    NotPossibleNow,
    ObligationNotFound,
    meet,
    raise_for,
    reopen,
    supersede,
    waive,
)
from arasha.obligations.models import Obligation
from arasha.obligations.rules import ReasonMissing
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District, Person, Six, fresh
from tests.database import as_owner

HOUR = timedelta(hours=1)
DUE = NOW + 24 * HOUR
TICK = timedelta(microseconds=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def six(district: District) -> Six:
    return cast.make_six()


def answered(who: Person, row: Obligation, at: datetime = NOW + HOUR, outcome: str = "") -> Obligation:
    return meet(actor=who.enter(), obligation=row.id, answer="It was looked at.", now=at, outcome=outcome)


def opened_again(who: Person, row: Obligation, at: datetime, reason: str = "no_answer_in_it") -> Obligation:
    return reopen(actor=who.enter(), obligation=row.id, reason=reason, now=at)


def test_a_waived_duty_is_owed_no_more_and_says_why(district: District) -> None:
    obligation = cast.report(district)
    actor = district.coordinator.enter()
    row = waive(actor=actor, obligation=obligation.id, reason="not_needed", words="The child is grown.", now=NOW)
    assert (row.state, row.ended_at, row.next_check_at) == ("waived", NOW, None)
    assert [(said.remark.reason, said.text) for said in queries.remarks_of(row)] == [
        ("not_needed", "The child is grown.")
    ]
    assert cast.sweep(DUE + 9999 * HOUR) == 0
    with as_owner():
        assert Act.objects.get(verb="waive_obligation").codes["reason"] == "not_needed"


def test_nobody_waives_what_they_owe_and_a_reason_is_asked(district: District) -> None:
    obligation = cast.report(district)
    actor = district.inspector.enter()
    with pytest.raises(policy.NotAllowed):
        waive(actor=actor, obligation=obligation.id, reason="not_needed", words="x", now=NOW)
    actor = district.coordinator.enter()
    for reason, words in (("", "x"), ("not_needed", ""), ("in_hospital", "x")):
        with pytest.raises(ReasonMissing):
            waive(actor=actor, obligation=obligation.id, reason=reason, words=words, now=NOW)
    assert fresh(obligation).state == "open"


@pytest.mark.parametrize("who", ["doctor", "neighbour", "region", "police_head"])
def test_an_outsider_ends_and_reopens_nothing(district: District, who: str) -> None:
    obligation = cast.report(district)
    cast.end_opening(obligation.dossier_id)
    actor = getattr(district, who).enter()
    for number in (obligation.id, uuid4()):
        with pytest.raises(ObligationNotFound):
            waive(actor=actor, obligation=number, reason="not_needed", words="x", now=NOW)
        with pytest.raises(ObligationNotFound):
            reopen(actor=actor, obligation=number, reason="no_answer_in_it", now=NOW)
        with pytest.raises(ObligationNotFound):
            supersede(actor=actor, obligation=number, by=obligation.id, reason="same_duty", now=NOW)


def test_what_was_met_by_mistake_is_owed_again_with_its_answer_beside_it(district: District) -> None:
    obligation = cast.report(district)
    answered(district.inspector, obligation)
    row = opened_again(district.coordinator, obligation, NOW + 5 * HOUR, "met_by_mistake")
    assert (row.state, row.met_at, row.met_by_unit_id, row.due_now) == ("open", None, None, DUE)
    assert row.next_check_at == DUE
    (given,) = queries.answers_of(row)
    assert (given.answer.withdrawn_at, given.text) == (NOW + 5 * HOUR, "It was looked at.")
    second = answered(district.inspector, row, NOW + 6 * HOUR)
    assert [given.answer.withdrawn_at for given in queries.answers_of(second)] == [NOW + 5 * HOUR, None]


def test_reopened_after_its_moment_it_is_overdue_and_silence_climbs_from_now_on(district: District) -> None:
    obligation = cast.report(district)
    answered(district.inspector, obligation)
    late = NOW + 240 * HOUR
    row = opened_again(district.coordinator, obligation, late)
    assert (row.state, row.due_now) == ("overdue", DUE)
    # For 239 hours it counted as met, and nobody was silent: the first rung comes when as much had been left.
    assert row.next_check_at == DUE + 239 * HOUR
    assert cast.sweep(late + HOUR) == 0
    assert cast.sweep(DUE + 239 * HOUR + TICK) == 1


def test_a_late_answer_that_was_none_is_as_late_as_before(district: District) -> None:
    obligation = cast.report(district)
    cast.sweep(DUE + HOUR)
    answered(district.inspector, obligation, DUE + 2 * HOUR)
    row = opened_again(district.police_head, obligation, DUE + 3 * HOUR)  # silence had reached the head
    assert (row.state, row.rung, row.next_check_at) == ("overdue", 1, DUE + 25 * HOUR)


def test_what_its_mistaken_answer_asked_of_others_is_replaced(district: District, six: Six) -> None:
    evaluation = cast.report_to_six(district, {"reporting_body": six.clinic.unit.pk})["evaluation"]
    answered(six.clinic, evaluation, NOW + HOUR / 2, outcome="confirmed")
    cast.sweeper()
    followed = list(Obligation.objects.filter(caused_by=evaluation).order_by("step"))
    answered(six.protection, followed[0])
    opened_again(district.coordinator, evaluation, NOW + 3 * HOUR, "wrong_file")
    assert fresh(followed[0]).state == "met"  # done is done
    assert (fresh(followed[1]).state, fresh(followed[1]).replaced_by_id) == ("superseded", evaluation.id)
    assert (fresh(evaluation).outcome, fresh(evaluation).state) == ("", "overdue")
    answered(six.clinic, evaluation, NOW + 4 * HOUR, outcome="confirmed")
    cast.sweeper()
    assert Obligation.objects.filter(caused_by=evaluation).count() == 4


def test_who_answered_can_not_take_it_back_and_nobody_reopens_what_is_owed(district: District) -> None:
    obligation = cast.report(district)
    with pytest.raises(NotPossibleNow):
        opened_again(district.coordinator, obligation, NOW + HOUR)
    answered(district.inspector, obligation)
    with pytest.raises(policy.NotAllowed):
        opened_again(district.inspector, obligation, NOW + HOUR)
    with pytest.raises(ReasonMissing):
        opened_again(district.coordinator, obligation, NOW + HOUR, "in_hospital")


def test_a_waiver_can_be_taken_back(district: District) -> None:
    obligation = cast.report(district)
    actor = district.coordinator.enter()
    waive(actor=actor, obligation=obligation.id, reason="not_needed", words="x", now=NOW)
    row = reopen(actor=actor, obligation=obligation.id, reason="not_true_any_more", words="y", now=NOW + HOUR)
    assert (row.state, row.ended_at, row.next_check_at) == ("open", None, DUE)


def twice(district: District) -> tuple[Obligation, Obligation]:
    """Two duties for the same step of the same unit in one file, as after a second signal joined it."""
    first = cast.report(district)
    actor = district.doctor.enter()
    (second,) = raise_for(
        actor=actor,
        dossier=first.dossier_id,
        event="report_signal",
        codes=cast.CODES,
        territory=cast.DISTRICT,
        from_moment=NOW + HOUR,
        now=NOW + HOUR,
    )
    return first, second


def test_a_file_that_owes_the_same_twice_lets_one_take_the_others_place(district: District) -> None:
    first, second = twice(district)
    actor = district.coordinator.enter()
    assert list(queries.same_owed(second)) == [first]
    row = supersede(actor=actor, obligation=second.id, by=first.id, reason="same_duty", now=NOW + 2 * HOUR)
    assert (row.state, row.replaced_by_id) == ("superseded", first.id)
    assert [told.id for told in queries.owed_by(district.inspector.enter())] == [first.id]


def test_only_a_living_duty_of_the_same_file_takes_anothers_place(district: District) -> None:
    first, second = twice(district)
    elsewhere = cast.report(district)
    actor = district.coordinator.enter()

    def replaced(by: Obligation) -> Obligation:
        return supersede(actor=actor, obligation=second.id, by=by.id, reason="same_duty", now=NOW + 2 * HOUR)

    for other in (elsewhere, second):
        with pytest.raises(NoSuccessor):
            replaced(other)
    waive(actor=actor, obligation=first.id, reason="not_needed", words="x", now=NOW)
    with pytest.raises(NoSuccessor):
        replaced(first)
    with pytest.raises(ObligationNotFound):
        supersede(actor=actor, obligation=second.id, by=uuid4(), reason="same_duty", now=NOW)
    actor = district.inspector.enter()
    with pytest.raises(policy.NotAllowed):
        replaced(first)


def test_the_clock_may_let_a_procedures_duty_be_replaced(district: District) -> None:
    first, second = twice(district)
    actor = cast.sweeper()
    row = supersede(actor=actor, obligation=first.id, by=second.id, reason="procedure_replaced", now=NOW + 2 * HOUR)
    assert row.state == "superseded"
