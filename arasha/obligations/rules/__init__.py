"""States of an obligation and its ladder. Pure: no database, no clock."""

from arasha.obligations.rules.ladder import Planned, due_rungs, next_check, plan
from arasha.obligations.rules.moments import Moments, later, left, taken_over
from arasha.obligations.rules.naming import DayOver, Named, until_day
from arasha.obligations.rules.reasons import OF_AGREEMENTS, OF_THE_SYSTEM, REASONS, ReasonMissing, check_reason, choices
from arasha.obligations.rules.states import (
    FULFILLED,
    OWED,
    RUNNING,
    TRANSITIONS,
    DeliveredBy,
    Event,
    FoundBy,
    Outcome,
    Said,
    State,
    TransitionForbidden,
    after,
    lateness,
    meeting,
)

__all__ = [
    "FULFILLED",
    "OF_AGREEMENTS",
    "OF_THE_SYSTEM",
    "OWED",
    "REASONS",
    "RUNNING",
    "TRANSITIONS",
    "DayOver",
    "DeliveredBy",
    "Event",
    "FoundBy",
    "Moments",
    "Named",
    "Outcome",
    "Planned",
    "ReasonMissing",
    "Said",
    "State",
    "TransitionForbidden",
    "after",
    "check_reason",
    "choices",
    "due_rungs",
    "lateness",
    "later",
    "left",
    "meeting",
    "next_check",
    "plan",
    "taken_over",
    "until_day",
]
