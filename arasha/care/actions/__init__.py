"""Every write of entry and removal."""

from arasha.care.actions.errors import NotJudgedSafe, NotThere, RemovalStands
from arasha.care.actions.removing import add_parts, end_removal, record_removal
from arasha.care.actions.visiting import ask_visit, record_visit

__all__ = [
    "NotJudgedSafe",
    "NotThere",
    "RemovalStands",
    "add_parts",
    "ask_visit",
    "end_removal",
    "record_removal",
    "record_visit",
]
