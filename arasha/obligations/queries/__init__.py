"""What others may ask about obligations."""

from arasha.obligations.queries.finding import Finder, Found, Missing, claim_due
from arasha.obligations.queries.lists import (
    answer_place,
    answers_of,
    late_in,
    link,
    of_dossier,
    owed_by,
    told_units,
    visible_to,
)

__all__ = [
    "Finder",
    "Found",
    "Missing",
    "answer_place",
    "answers_of",
    "claim_due",
    "late_in",
    "link",
    "of_dossier",
    "owed_by",
    "told_units",
    "visible_to",
]
