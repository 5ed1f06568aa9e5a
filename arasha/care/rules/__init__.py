"""Entry and removal, without database and clock."""

from arasha.care.rules.lists import ANSWERS, DOORS, ENDINGS, ENTER, HOMES, PARTS, RIGHTS, SEEN, URGENCIES, answers
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
    "HOMES",
    "LONGEST",
    "PARTS",
    "RIGHTS",
    "SEEN",
    "URGENCIES",
    "Faulty",
    "PartSaid",
    "VisitAsked",
    "VisitSaid",
    "answers",
    "check_ending",
    "check_moment",
    "check_parts",
    "missing",
    "step_of",
]
