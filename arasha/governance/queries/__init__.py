"""Reads of pilots: the list, one with its run, what forms offer, and what the clock asks."""

from arasha.governance.queries.choosing import MOST, answering, choosable, open_of, paid_for
from arasha.governance.queries.ending import reminders_of, to_remind, who_hears
from arasha.governance.queries.reading import PAGE, Asked, Line, every, line, narrowed, steps_of

__all__ = [
    "MOST",
    "PAGE",
    "Asked",
    "Line",
    "answering",
    "choosable",
    "every",
    "line",
    "narrowed",
    "open_of",
    "paid_for",
    "reminders_of",
    "steps_of",
    "to_remind",
    "who_hears",
]
