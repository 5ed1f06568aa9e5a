"""What others may ask about obligations."""

from arasha.obligations.queries.finding import Found, Missing, find_obliged, find_rung
from arasha.obligations.queries.lists import (
    answer_place,
    answers_of,
    late_in,
    link,
    of_dossier,
    owed_by,
    rungs_done,
    told_units,
    visible_to,
)

__all__ = [
    "Found",
    "Missing",
    "answer_place",
    "answers_of",
    "find_obliged",
    "find_rung",
    "late_in",
    "link",
    "of_dossier",
    "owed_by",
    "rungs_done",
    "told_units",
    "visible_to",
]
