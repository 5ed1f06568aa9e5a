"""Entry and removal, without database and clock."""

from arasha.care.rules.lists import ANSWERS, DOORS, ENDINGS, ENTER, GO, HOMES, PARTS, RIGHTS, SEEN, URGENCIES, answers
from arasha.care.rules.outing import MINUTES, PLACES, RUNGS, OutingSaid, lapsed, lengths, minutes, reached
from arasha.care.rules.said import (
    LONGEST,
    Faulty,
    PartSaid,
    VisitAsked,
    VisitSaid,
    check_ending,
    check_moment,
    check_parts,
    missing,
    step_of,
)

__all__ = [
    "ANSWERS",
    "DOORS",
    "ENDINGS",
    "ENTER",
    "GO",
    "HOMES",
    "LONGEST",
    "MINUTES",
    "PARTS",
    "PLACES",
    "RIGHTS",
    "RUNGS",
    "SEEN",
    "URGENCIES",
    "Faulty",
    "OutingSaid",
    "PartSaid",
    "VisitAsked",
    "VisitSaid",
    "answers",
    "check_ending",
    "check_moment",
    "check_parts",
    "lapsed",
    "lengths",
    "minutes",
    "missing",
    "reached",
    "step_of",
]
