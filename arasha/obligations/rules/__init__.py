"""States of an obligation and its ladder. Pure: no database, no clock."""

from arasha.obligations.rules.ladder import Planned, due_rungs, next_check, plan
from arasha.obligations.rules.states import (
    RUNNING,
    TRANSITIONS,
    Event,
    FoundBy,
    Outcome,
    State,
    TransitionForbidden,
    after,
    lateness,
    meeting,
)

__all__ = [
    "RUNNING",
    "TRANSITIONS",
    "Event",
    "FoundBy",
    "Outcome",
    "Planned",
    "State",
    "TransitionForbidden",
    "after",
    "due_rungs",
    "lateness",
    "meeting",
    "next_check",
    "plan",
]
