"""What state an obligation is in, and what may happen to it in which state."""

from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """An obligation runs until it is met."""

    OPEN = "open"
    OVERDUE = "overdue"
    MET = "met"
    MET_LATE = "met_late"


class Event(StrEnum):
    """What may happen to an obligation."""

    FALL_DUE = "fall_due"
    CLIMB = "climb"
    MEET = "meet"
    MEET_LATE = "meet_late"


class FoundBy(StrEnum):
    """Where the body that owes was found: by its own function at a level, or in somebody's place."""

    DISTRICT = "district"
    REGION = "region"
    NATION = "nation"
    SUBSTITUTE = "substitute"
    NOBODY = "nobody"


class Outcome(StrEnum):
    """What became of a rung."""

    TOLD = "told"
    EMPTY = "skipped_empty"  # no such body, or nobody holds a post there
    SAFETY = "skipped_safety"  # everybody there is barred from this file
    SAME = "skipped_same"  # the body that owes, or one that was told before


class TransitionForbidden(Exception):
    """This can't happen to an obligation in its state."""

    def __init__(self, state: State, event: Event) -> None:
        super().__init__(f"{event} in state {state}")
        self.state, self.event = state, event


RUNNING = frozenset({State.OPEN, State.OVERDUE})
TRANSITIONS = {
    (State.OPEN, Event.FALL_DUE): State.OVERDUE,
    (State.OPEN, Event.CLIMB): State.OPEN,  # nobody was found who owes it: silence climbs from the start
    (State.OPEN, Event.MEET): State.MET,
    (State.OPEN, Event.MEET_LATE): State.MET_LATE,  # late, and met before the sweeper came by
    (State.OVERDUE, Event.CLIMB): State.OVERDUE,
    (State.OVERDUE, Event.MEET): State.MET,  # sent in time, written while the sweeper was a moment faster
    (State.OVERDUE, Event.MEET_LATE): State.MET_LATE,
}


def after(state: State, event: Event) -> State:
    """Return the state after the event. Raises TransitionForbidden."""
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise TransitionForbidden(state, event) from None


def meeting(due: datetime, now: datetime) -> Event:
    """Say whether meeting it now is in time. The due moment itself still is."""
    return Event.MEET if now <= due else Event.MEET_LATE


def lateness(due: datetime, until: datetime) -> timedelta:
    """Return by how much `until` is past the due moment, zero when it is not."""
    return max(until - due, timedelta(0))
