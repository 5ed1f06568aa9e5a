"""What others may ask about obligations."""

from arasha.obligations.queries.claiming import claim_due, claim_resumable, claim_undelivered
from arasha.obligations.queries.delivery import Delivery, delivery_of
from arasha.obligations.queries.elsewhere import answered_at, lend_page, told_at
from arasha.obligations.queries.finding import Finder, Found, Missing, Wanted
from arasha.obligations.queries.lists import (
    about,
    climbed_to_nobody,
    late_in,
    link,
    of_dossier,
    of_unit,
    owed_by,
    passed_over,
    rungs_done,
    same_owed,
    supervising_units,
    told_units,
    visible_to,
)
from arasha.obligations.queries.words import (
    FACET,
    Given,
    Proof,
    Remarked,
    answers_of,
    asked_words,
    place_of,
    proof,
    remarks_of,
)

__all__ = [
    "FACET",
    "Delivery",
    "Finder",
    "Found",
    "Given",
    "Missing",
    "Proof",
    "Remarked",
    "Wanted",
    "about",
    "answered_at",
    "answers_of",
    "asked_words",
    "claim_due",
    "claim_resumable",
    "claim_undelivered",
    "climbed_to_nobody",
    "delivery_of",
    "late_in",
    "lend_page",
    "link",
    "of_dossier",
    "of_unit",
    "owed_by",
    "passed_over",
    "place_of",
    "proof",
    "remarks_of",
    "rungs_done",
    "same_owed",
    "supervising_units",
    "told_at",
    "told_units",
    "visible_to",
]
