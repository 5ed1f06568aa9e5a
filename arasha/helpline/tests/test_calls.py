"""A call reckoned from its events: whatever comes, in whatever order, however often."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arasha.helpline.rules.calls import By, Event, Gap, Kind, Outcome, State, correction, reckoned

START = datetime(2026, 3, 3, 8, 0, tzinfo=UTC)


def at(seconds: float, kind: Kind, extension: str = "", by: By = By.UNKNOWN, queue: str = "") -> Event:
    return Event(kind, START + timedelta(seconds=seconds), queue, extension, by)


WHOLE = [
    at(0, Kind.OFFERED),
    at(2, Kind.QUEUED, queue="children"),
    at(12, Kind.ANSWERED, "201", queue="children"),
    at(60, Kind.HELD, "201"),
    at(90, Kind.RESUMED, "201"),
    at(200, Kind.TRANSFERRED, "204"),
    at(300, Kind.ENDED, by=By.OPERATOR),
]


def test_a_whole_call_has_its_times_its_line_and_who_ended_it() -> None:
    call = reckoned(WHOLE)
    assert (call.state, call.outcome, call.queue) == (State.OVER, Outcome.ANSWERED, "children")
    assert (call.wait, call.talk, call.held) == (timedelta(seconds=12), timedelta(seconds=288), timedelta(seconds=30))
    assert (call.answered_by, call.extension, call.transfers) == ("201", "204", 1)
    assert (call.ended_by, call.gaps) == (By.OPERATOR, ())


@given(st.permutations(WHOLE), st.lists(st.sampled_from(WHOLE)))
def test_order_and_repetition_change_nothing(shuffled: list[Event], again: list[Event]) -> None:
    assert reckoned([*shuffled, *again]) == reckoned(WHOLE)


EVENTS = st.builds(
    Event,
    st.sampled_from(list(Kind)),
    st.integers(0, 7200).map(lambda seconds: START + timedelta(seconds=seconds)),
    st.sampled_from(["", "children", "adults"]),
    st.sampled_from(["", "201", "202"]),
    st.sampled_from(list(By)),
)


@given(st.lists(EVENTS, min_size=1, max_size=12), st.randoms())
def test_whatever_comes_gives_one_answer_with_lengths_that_can_be(events: list[Event], chance: object) -> None:
    call = reckoned(events)
    mixed = list(events)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert reckoned(mixed) == call
    for length in (call.wait, call.talk, call.held):
        assert length is None or length >= timedelta(0)
    assert (call.outcome is Outcome.NONE) == (call.state is State.WAITING)
    assert (call.answered_at is None) or call.outcome is Outcome.ANSWERED
    if call.state is State.OVER and call.ended_at is None:
        assert Gap.ENDED_MISSING in call.gaps


@pytest.mark.parametrize(
    ("events", "outcome", "gaps"),
    [
        ([at(0, Kind.OFFERED), at(9, Kind.ABANDONED)], Outcome.ABANDONED, ()),
        ([at(0, Kind.OFFERED), at(9, Kind.ENDED, by=By.CALLER)], Outcome.ABANDONED, ()),
        ([at(0, Kind.OFFERED), at(9, Kind.ENDED, by=By.EXCHANGE)], Outcome.MISSED, ()),
        ([at(0, Kind.OFFERED), at(9, Kind.ENDED)], Outcome.MISSED, ()),
        ([at(0, Kind.OFFERED), at(9, Kind.OVERFLOWED), at(30, Kind.ENDED)], Outcome.OVERFLOWED, ()),
        ([at(0, Kind.OFFERED), at(9, Kind.LOST)], Outcome.LOST, (Gap.ENDED_MISSING,)),
        ([at(9, Kind.ABANDONED)], Outcome.ABANDONED, (Gap.OFFERED_MISSING,)),
        ([at(0, Kind.OFFERED)], Outcome.NONE, ()),
        ([at(0, Kind.OFFERED), at(5, Kind.HELD)], Outcome.ANSWERED, (Gap.ANSWERED_MISSING,)),
    ],
)
def test_what_became_of_a_call(events: list[Event], outcome: Outcome, gaps: tuple[Gap, ...]) -> None:
    call = reckoned(events)
    assert (call.outcome, call.gaps) == (outcome, gaps)


def test_a_call_that_overflowed_and_was_answered_in_another_queue_is_answered() -> None:
    call = reckoned(
        [
            at(0, Kind.OFFERED),
            at(60, Kind.OVERFLOWED),
            at(61, Kind.QUEUED, queue="adults"),
            at(70, Kind.ANSWERED, "205"),
        ]
    )
    assert (call.outcome, call.state, call.queue) == (Outcome.ANSWERED, State.TALKING, "adults")
    assert call.wait == timedelta(seconds=70)


def test_a_missing_event_gives_no_length_instead_of_a_wrong_one() -> None:
    without = reckoned(WHOLE[2:])
    assert (without.wait, without.talk) == (None, timedelta(seconds=288))
    assert without.gaps == (Gap.OFFERED_MISSING,)
    unended = reckoned(WHOLE[:-1])
    assert (unended.state, unended.talk) == (State.TALKING, None)


def test_a_late_end_wins_over_a_call_given_up() -> None:
    lost = [*WHOLE[:3], at(12, Kind.LOST)]
    assert reckoned(lost).gaps == (Gap.ENDED_MISSING,)
    call = reckoned([*lost, WHOLE[-1]])
    assert (call.state, call.gaps, call.talk) == (State.OVER, (), timedelta(seconds=288))


def test_a_word_of_the_talk_after_its_end_does_not_open_it_again() -> None:
    call = reckoned([*WHOLE, at(305, Kind.RESUMED, "204")])
    assert (call.state, call.talk, call.gaps) == (State.OVER, timedelta(seconds=288), (Gap.ORDER,))


def test_a_hold_that_nothing_ended_lasts_until_the_end() -> None:
    call = reckoned([*WHOLE[:4], at(300, Kind.ENDED)])
    assert call.held == timedelta(seconds=240)
    assert reckoned(WHOLE[:4]).state is State.HELD


def test_who_ended_it_is_the_first_who_is_said_to() -> None:
    call = reckoned([*WHOLE[:3], at(300, Kind.ENDED, by=By.CALLER), at(300.1, Kind.ENDED, by=By.EXCHANGE)])
    assert (call.ended_by, call.talk) == (By.CALLER, timedelta(seconds=288))


@pytest.mark.parametrize(
    ("off", "shift"),
    [(0, 0), (4, 0), (-5, 0), (93.4, 93), (-93, -93), (18_000, 18_000), (26 * 3600 + 1, None), (-100_000, None)],
)
def test_a_clock_that_differs_is_set_right_and_an_impossible_one_refused(off: float, shift: int | None) -> None:
    found = correction(START, START + timedelta(seconds=off))
    assert found == (None if shift is None else timedelta(seconds=shift))
