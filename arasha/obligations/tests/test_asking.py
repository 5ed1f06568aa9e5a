"""More time is asked by who owes and given by who supervises, never by oneself; an extension stays visible."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from arasha.kernel.access.models import Post
from arasha.kernel.journal.models import Act
from arasha.kernel.messages.models import Notice
from arasha.obligations import policy, queries
from arasha.obligations.actions import (
    NoLaterMoment,
    NotPossibleNow,
    ObligationNotFound,
    TooLong,
    ask_for_time,
    grant_time,
    meet,
    refuse_time,
)
from arasha.obligations.models import Obligation, Remark
from arasha.obligations.rules import ReasonMissing
from arasha.obligations.tests import cast
from arasha.obligations.tests.cast import NOW, District, fresh
from tests.database import as_owner

HOUR = timedelta(hours=1)
DUE = NOW + 24 * HOUR
LATER = DUE + 48 * HOUR
TICK = timedelta(microseconds=1)
WORDS = "The girl is with her aunt in Shymkent until Friday."
pytestmark = pytest.mark.django_db


def asked(district: District, obligation: Obligation, **more: Any) -> Obligation:
    given: dict[str, Any] = {"until": LATER, "reason": "child_away", "now": NOW + HOUR, "words": WORDS} | more
    return ask_for_time(actor=district.inspector.enter(), obligation=obligation.id, **given)


def granted(by: cast.Person, obligation: Obligation, **more: Any) -> Obligation:
    given: dict[str, Any] = {"until": LATER, "now": NOW + 2 * HOUR} | more
    return grant_time(actor=by.enter(), obligation=obligation.id, **given)


def told(unit: int) -> list[str]:
    with as_owner():
        return list(Notice.objects.filter(unit=unit).order_by("at", "id").values_list("code", flat=True))


def test_asking_changes_nothing_but_that_it_is_asked(district: District) -> None:
    obligation = cast.report(district)
    row = asked(district, obligation)
    assert (row.asked_until, row.due_now, row.state, row.next_check_at) == (LATER, DUE, "open", DUE)
    assert told(district.coordinator.unit.id) == ["time_asked"]
    (remarked,) = queries.remarks_of(row)
    assert (remarked.remark.kind, remarked.remark.reason, remarked.text) == ("asked_time", "child_away", WORDS)
    cast.sweep(DUE + TICK)
    assert fresh(obligation).state == "overdue"  # silence goes on until somebody answers


def test_the_act_of_asking_holds_codes_and_no_words(district: District) -> None:
    asked(district, cast.report(district))
    with as_owner():
        act = Act.objects.get(verb="ask_extension")
    assert (act.actor_unit, act.codes["reason"]) == (district.inspector.unit.id, "child_away")
    assert "Shymkent" not in str(act.codes)


def test_what_the_coordinator_gives_counts_and_what_the_law_gave_stays_beside_it(district: District) -> None:
    obligation = cast.report(district)
    asked(district, obligation)
    row = granted(district.coordinator, obligation)
    assert (row.due_at, row.due_now, row.extended_to, row.asked_until) == (DUE, LATER, LATER, None)
    assert (row.state, row.next_check_at) == ("open", LATER)
    assert told(district.inspector.unit.id) == ["new_duty", "time_granted"]
    assert cast.sweep(LATER) == 0
    met = meet(actor=district.inspector.enter(), obligation=obligation.id, answer="done", now=LATER)
    assert (met.state, met.extended_to) == ("met", LATER)


def test_asked_after_it_ran_out_it_is_open_again_and_who_was_told_stays(district: District) -> None:
    obligation = cast.report(district)
    cast.sweep(DUE + HOUR)
    assert fresh(obligation).state == "overdue"
    asked(district, obligation, now=DUE + HOUR)
    # The head of the police was told of the silence, and so may answer.
    row = granted(district.police_head, obligation, now=DUE + 2 * HOUR)
    assert (row.state, row.rung, row.due_now, row.next_check_at) == ("open", 1, LATER, LATER)
    assert cast.rungs(obligation) == [(1, "told", district.police_head.unit.id, DUE)]
    # The rungs not reached yet moved with the due moment: a day, three days, a week after it.
    assert cast.sweep(LATER + TICK) == 1
    assert (fresh(obligation).state, fresh(obligation).next_check_at) == ("overdue", LATER + 24 * HOUR)
    assert cast.sweep(LATER + 25 * HOUR) == 1
    assert cast.rungs(obligation)[1] == (2, "told", district.coordinator.unit.id, LATER + 24 * HOUR)


def test_a_refusal_says_why_and_leaves_everything_as_it_was(district: District) -> None:
    obligation = cast.report(district)
    asked(district, obligation)
    actor = district.coordinator.enter()
    row = refuse_time(actor=actor, obligation=obligation.id, reason="child_can_not_wait", now=NOW + 2 * HOUR)
    assert (row.asked_until, row.due_now, row.extended_to) == (None, DUE, None)
    assert told(district.inspector.unit.id) == ["new_duty", "time_refused"]
    with pytest.raises(NotPossibleNow):
        refuse_time(actor=actor, obligation=obligation.id, reason="no_ground", now=NOW + 3 * HOUR)
    assert [(row.remark.kind, row.remark.reason) for row in queries.remarks_of(row)] == [
        ("asked_time", "child_away"),
        ("refused_time", "child_can_not_wait"),
    ]


def test_nobody_gives_time_to_themselves(district: District) -> None:
    obligation = cast.report(district)
    asked(district, obligation)
    with pytest.raises(policy.NotAllowed):
        granted(district.inspector, obligation)
    with cast.building():  # the coordinator's deputy, who sits in the inspection as well
        user = Post.objects.get(pk=district.inspector.post).holder
        second = cast.seat(district.coordinator.unit, user=user)
    with pytest.raises(policy.NotAllowed):
        granted(second, obligation)
    actor = second.enter()
    with pytest.raises(policy.NotAllowed):
        refuse_time(actor=actor, obligation=obligation.id, reason="no_ground", now=NOW + 2 * HOUR)
    assert fresh(obligation).asked_until == LATER


def test_a_coordinator_who_owes_it_gets_time_from_the_rung_above_only(district: District) -> None:
    obligation = cast.report(district, bars=[{"user_id": district.inspector.user}])
    assert obligation.unit_id == district.coordinator.unit.id
    with pytest.raises(policy.NotAllowed):
        granted(district.coordinator, obligation)
    cast.sweep(DUE + TICK)  # nobody above, told is the region
    assert granted(district.region, obligation, now=DUE + HOUR).due_now == LATER


@pytest.mark.parametrize("who", ["doctor", "neighbour", "police_head", "region"])
def test_to_an_outsider_there_is_nothing_to_ask_or_to_answer(district: District, who: str) -> None:
    obligation = cast.report(district)
    cast.end_opening(obligation.dossier_id)
    actor = getattr(district, who).enter()
    for number in (obligation.id, uuid4()):
        with pytest.raises(ObligationNotFound):
            ask_for_time(actor=actor, obligation=number, until=LATER, reason="child_away", now=NOW)
        with pytest.raises(ObligationNotFound):
            grant_time(actor=actor, obligation=number, until=LATER, now=NOW)
        with pytest.raises(ObligationNotFound):
            refuse_time(actor=actor, obligation=number, reason="no_ground", now=NOW)


def test_who_only_coordinates_can_not_ask_in_anothers_place(district: District) -> None:
    obligation = cast.report(district)
    actor = district.coordinator.enter()
    with pytest.raises(policy.NotOwedByYou):
        ask_for_time(actor=actor, obligation=obligation.id, until=LATER, reason="child_away", now=NOW)


@pytest.mark.parametrize("until", [DUE, DUE - TICK, NOW])
def test_more_time_ends_later_than_what_counts_now(district: District, until: datetime) -> None:
    obligation = cast.report(district)
    with pytest.raises(NoLaterMoment):
        asked(district, obligation, until=until)
    with pytest.raises(NoLaterMoment):
        granted(district.coordinator, obligation, until=until)


def test_more_time_can_not_end_in_the_past(district: District) -> None:
    obligation = cast.report(district)
    cast.sweep(DUE + 10 * HOUR)
    with pytest.raises(NoLaterMoment):
        granted(district.coordinator, obligation, until=DUE + 5 * HOUR, now=DUE + 10 * HOUR)


@pytest.mark.parametrize(
    ("reason", "words"), [("", WORDS), ("not_a_reason", WORDS), ("conflict", WORDS), ("other", " ")]
)
def test_a_request_has_a_reason_of_its_list_and_words_where_they_are_asked(
    district: District, reason: str, words: str
) -> None:
    with pytest.raises(ReasonMissing):
        asked(district, cast.report(district), reason=reason, words=words)
    with as_owner():
        assert not Remark.objects.exists()


def test_words_without_end_are_refused(district: District) -> None:
    with pytest.raises(TooLong):
        asked(district, cast.report(district), words="x" * 20_001)


def test_what_is_met_needs_no_time(district: District) -> None:
    obligation = cast.report(district)
    asked(district, obligation)
    met = meet(actor=district.inspector.enter(), obligation=obligation.id, answer="done", now=NOW + HOUR)
    assert met.asked_until is None
    with pytest.raises(NotPossibleNow):
        asked(district, obligation)
    with pytest.raises(NotPossibleNow):
        granted(district.coordinator, obligation)
