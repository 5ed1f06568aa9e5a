"""What others may do: give cases, plan leave, write what a substitute must know; and the clock's work."""

from arasha.workforce.actions.errors import LeaveOver, LeaveStands, NoteChanged, NotThere, SessionOver
from arasha.workforce.actions.giving import give_cases
from arasha.workforce.actions.handing import begin_leaves, end_leaves
from arasha.workforce.actions.planning import end_leave, plan_leave, write_note
from arasha.workforce.actions.supervising import (
    move_supervision,
    plan_supervision,
    remind_supervision,
    settle_supervision,
    write_reflection,
)
from arasha.workforce.actions.watching import watch_loads

__all__ = [
    "LeaveOver",
    "LeaveStands",
    "NotThere",
    "NoteChanged",
    "SessionOver",
    "begin_leaves",
    "end_leave",
    "end_leaves",
    "give_cases",
    "move_supervision",
    "plan_leave",
    "plan_supervision",
    "remind_supervision",
    "settle_supervision",
    "watch_loads",
    "write_note",
    "write_reflection",
]
