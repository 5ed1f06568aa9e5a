"""What state an obligation is in, and what may happen to it in which state."""

from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """An obligation runs, or stands still, until it ends in one of five ways."""

    OPEN = "open"
    OVERDUE = "overdue"
    SUSPENDED = "suspended"  # its time stands still, with a reason and until a moment at the latest
    MET = "met"
    MET_LATE = "met_late"
    DECLINED = "declined"  # went straight on to another body, or to whoever must find one; see `replaced_by`
    WAIVED = "waived"  # a supervisor said that it need not be done
    SUPERSEDED = "superseded"  # another duty took its place; see `replaced_by`


class Event(StrEnum):
    """What may happen to an obligation."""

    FALL_DUE = "fall_due"
    CLIMB = "climb"
    MEET = "meet"
    MEET_LATE = "meet_late"
    EXTEND = "extend"
    SUSPEND = "suspend"
    RESUME = "resume"
    RESUME_LATE = "resume_late"
    DECLINE = "decline"
    WAIVE = "waive"
    SUPERSEDE = "supersede"
    REOPEN = "reopen"
    REOPEN_LATE = "reopen_late"
    PART = "part"
    PART_LATE = "part_late"


class FoundBy(StrEnum):
    """Where the body that owes was found: by its own function at a level, by name, or in somebody's place."""

    DISTRICT = "district"
    REGION = "region"
    NATION = "nation"
    NAMED = "named"  # the event named the unit: the child's own school, the reporter's own clinic
    SUBSTITUTE = "substitute"
    NOBODY = "nobody"


class Outcome(StrEnum):
    """What became of a rung."""

    TOLD = "told"
    EMPTY = "skipped_empty"  # no such body, or nobody holds a post there
    SAFETY = "skipped_safety"  # everybody there is barred from this file
    SAME = "skipped_same"  # the body that owes, or one that was told before


class DeliveredBy(StrEnum):
    """How a notice reached the unit that must have it."""

    INBOX = "inbox"  # it stands before somebody of the unit who may know of the file
    PAPER = "paper"  # a letter was handed over for the paper registry
    PHONE = "phone"  # somebody was told by telephone


class Said(StrEnum):
    """What was done to an obligation with a reason and perhaps words, besides meeting it."""

    ASKED = "asked_time"
    GRANTED = "granted_time"
    REFUSED = "refused_time"
    DECLINED = "declined"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    WAIVED = "waived"
    SUPERSEDED = "superseded"
    REOPENED = "reopened"
    DELIVERED = "delivered"
    TASK = "asked"  # what is wanted, in the words of the agreement or decision that obliges


class TransitionForbidden(Exception):
    """This can't happen to an obligation in its state."""

    def __init__(self, state: State, event: Event) -> None:
        super().__init__(f"{event} in state {state}")
        self.state, self.event = state, event


RUNNING = frozenset({State.OPEN, State.OVERDUE})  # time counts: it can fall due, and silence can climb
OWED = RUNNING | {State.SUSPENDED}  # somebody must still do it: what blocks a closing, what moves with a file
FULFILLED = frozenset({State.MET, State.MET_LATE})
TRANSITIONS = {
    (State.OPEN, Event.FALL_DUE): State.OVERDUE,
    (State.OPEN, Event.CLIMB): State.OPEN,  # nobody was found who owes it: silence climbs from the start
    (State.OPEN, Event.MEET): State.MET,
    (State.OPEN, Event.MEET_LATE): State.MET_LATE,  # late, and met before the sweeper came by
    (State.OPEN, Event.EXTEND): State.OPEN,
    (State.OPEN, Event.SUSPEND): State.SUSPENDED,
    (State.OPEN, Event.DECLINE): State.DECLINED,
    (State.OPEN, Event.WAIVE): State.WAIVED,
    (State.OPEN, Event.SUPERSEDE): State.SUPERSEDED,
    (State.OVERDUE, Event.CLIMB): State.OVERDUE,
    (State.OVERDUE, Event.MEET): State.MET,  # sent in time, written while the sweeper was a moment faster
    (State.OVERDUE, Event.MEET_LATE): State.MET_LATE,
    (State.OVERDUE, Event.EXTEND): State.OPEN,  # an extension stops "overdue"; that it was late stays visible
    (State.OVERDUE, Event.SUSPEND): State.SUSPENDED,
    (State.OVERDUE, Event.DECLINE): State.DECLINED,
    (State.OVERDUE, Event.WAIVE): State.WAIVED,
    (State.OVERDUE, Event.SUPERSEDE): State.SUPERSEDED,
    (State.SUSPENDED, Event.RESUME): State.OPEN,
    (State.SUSPENDED, Event.RESUME_LATE): State.OVERDUE,
    (State.SUSPENDED, Event.MEET): State.MET,
    (State.SUSPENDED, Event.MEET_LATE): State.MET_LATE,
    (State.SUSPENDED, Event.DECLINE): State.DECLINED,
    (State.SUSPENDED, Event.WAIVE): State.WAIVED,
    (State.SUSPENDED, Event.SUPERSEDE): State.SUPERSEDED,
    # Met or waived by mistake: a supervisor takes it back. What was declined or replaced goes on elsewhere.
    (State.MET, Event.REOPEN): State.OPEN,
    (State.MET, Event.REOPEN_LATE): State.OVERDUE,
    (State.MET_LATE, Event.REOPEN_LATE): State.OVERDUE,
    (State.WAIVED, Event.REOPEN): State.OPEN,
    (State.WAIVED, Event.REOPEN_LATE): State.OVERDUE,
    # The case owed the same as a signal that joined it, and the signal is taken out again.
    (State.SUPERSEDED, Event.PART): State.OPEN,
    (State.SUPERSEDED, Event.PART_LATE): State.OVERDUE,
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
