"""States of an obligation and its ladder. Pure: no database, no clock."""

from arasha.obligations.rules.ladder import Planned, due_rungs, next_check, plan
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
    "OWED",
    "RUNNING",
    "TRANSITIONS",
    "DeliveredBy",
    "Event",
    "FoundBy",
    "Outcome",
    "Planned",
    "Said",
    "State",
    "TransitionForbidden",
    "after",
    "due_rungs",
    "lateness",
    "meeting",
    "next_check",
    "plan",
]
