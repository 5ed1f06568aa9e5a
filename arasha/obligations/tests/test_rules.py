"""States and the ladder, without a database."""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from arasha.kernel.worktime.rules import AROUND_THE_CLOCK, Calendar, Hours, Limit, Unit
from arasha.obligations.rules import (
    FULFILLED,
    OWED,
    RUNNING,
    TRANSITIONS,
    Event,
    Planned,
    State,
    TransitionForbidden,
    after,
    due_rungs,
    lateness,
    meeting,
    next_check,
    plan,
)
from arasha.protocols.rules import Rung

DUE = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)
LADDER = [Rung(1, "", None), Rung(2, "coordination_district", Limit(24, Unit.CLOCK_HOURS))]
PLANNED = [Planned(1, "", DUE), Planned(2, "coordination_district", DUE + 24 * HOUR)]


# Written out by hand beside the code's table: what each state allows, and where it leads. A dot: never.
WHAT_MAY_HAPPEN = """
              open       overdue    suspended  met      met_late  declined  waived   superseded
fall_due      overdue    .          .          .        .         .         .        .
climb         open       overdue    .          .        .         .         .        .
meet          met        met        met        .        .         .         .        .
meet_late     met_late   met_late   met_late   .        .         .         .        .
extend        open       open       .          .        .         .         .        .
suspend       suspended  suspended  .          .        .         .         .        .
resume        .          .          open       .        .         .         .        .
resume_late   .          .          overdue    .        .         .         .        .
decline       declined   declined   declined   .        .         .         .        .
waive         waived     waived     waived     .        .         .         .        .
supersede     superseded superseded superseded .        .         .         .        .
reopen        .          .          .          open     .         .         open     .
reopen_late   .          .          .          overdue  overdue   .         overdue  .
part          .          .          .          .        .         .         .        open
part_late     .          .          .          .        .         .         .        overdue
"""
STATES, *EVENTS = (line.split() for line in WHAT_MAY_HAPPEN.strip().splitlines())
TABLE = {(state, row[0]): then for row in EVENTS for state, then in zip(STATES, row[1:], strict=True)}


def test_the_table_names_every_state_and_every_event_once() -> None:
    assert sorted(STATES) == sorted(State)
    assert sorted(row[0] for row in EVENTS) == sorted(Event)


@pytest.mark.parametrize(("state", "event"), list(product(State, Event)))
def test_only_what_the_table_lists_may_happen(state: State, event: Event) -> None:
    if TABLE[state, event] == ".":
        with pytest.raises(TransitionForbidden):
            after(state, event)
    else:
        assert after(state, event) == TABLE[state, event]


def test_what_is_declined_stays_and_what_is_superseded_comes_back_only_when_a_joining_is_undone() -> None:
    left = [pair for pair in TRANSITIONS if pair[0] in {State.DECLINED, State.SUPERSEDED}]
    assert left == [(State.SUPERSEDED, Event.PART), (State.SUPERSEDED, Event.PART_LATE)]  # a joining is undone


def test_each_state_runs_or_is_only_owed_or_has_ended() -> None:
    assert RUNNING < OWED
    assert not OWED & FULFILLED
    # Time counts exactly where silence can climb; it is owed exactly where it can still be met.
    assert {state for state, event in TRANSITIONS if event is Event.CLIMB} == RUNNING
    assert {state for state, event in TRANSITIONS if event is Event.MEET} == OWED


def test_the_due_moment_itself_is_in_time_and_the_next_microsecond_is_late() -> None:
    assert meeting(DUE, DUE) is Event.MEET
    assert meeting(DUE, DUE + TICK) is Event.MEET_LATE
    assert lateness(DUE, DUE - HOUR) == timedelta(0)
    assert lateness(DUE, DUE + HOUR) == HOUR


def test_each_rung_is_dated_from_the_due_moment() -> None:
    assert plan(LADDER, DUE, AROUND_THE_CLOCK, Calendar()) == PLANNED
    # A rung that counts working hours waits for the body to open: Saturday's silence is shown on Monday.
    saturday = datetime(2026, 11, 28, 10, 0, tzinfo=UTC)
    waiting = plan([Rung(1, "x", Limit(1, Unit.WORKING_HOURS))], saturday, Hours(), Calendar())
    assert waiting[0].at == datetime(2026, 11, 30, 5, 0, tzinfo=UTC)  # 10:00 in Kazakhstan, an hour after opening


def test_the_next_look_is_at_the_due_moment_then_at_each_rung_then_never() -> None:
    assert next_check(PLANNED, (), DUE) == DUE
    assert next_check(PLANNED, (), DUE - HOUR) == DUE - HOUR
    assert next_check(PLANNED, {1}, None) == DUE + 24 * HOUR
    assert next_check(PLANNED, {1, 2}, None) is None


def test_a_rung_is_tried_only_after_its_moment_with_those_above_to_take_its_turn() -> None:
    assert due_rungs(PLANNED, (), DUE) == []
    assert due_rungs(PLANNED, (), DUE + TICK) == PLANNED
    assert due_rungs(PLANNED, {1}, DUE + HOUR) == []
    assert due_rungs(PLANNED, {1}, DUE + 25 * HOUR) == PLANNED[1:]
    assert due_rungs(PLANNED, {1, 2}, DUE + 999 * HOUR) == []


def test_a_planned_rung_survives_being_stored() -> None:
    assert [Planned.from_json(planned.to_json()) for planned in PLANNED] == PLANNED
