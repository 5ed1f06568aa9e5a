"""What others may do: give cases, plan leave, write what a substitute must know; and the clock's work."""

from arasha.workforce.actions.errors import LeaveOver, LeaveStands, NoteChanged, NotThere
from arasha.workforce.actions.giving import give_cases
from arasha.workforce.actions.handing import begin_leaves, end_leaves
from arasha.workforce.actions.planning import end_leave, plan_leave, write_note
from arasha.workforce.actions.watching import watch_loads

__all__ = [
    "LeaveOver",
    "LeaveStands",
    "NotThere",
    "NoteChanged",
    "begin_leaves",
    "end_leave",
    "end_leaves",
    "give_cases",
    "plan_leave",
    "watch_loads",
    "write_note",
]
