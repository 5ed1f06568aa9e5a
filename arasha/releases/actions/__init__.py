"""Every write of requests."""

from arasha.releases.actions.climbing import climb
from arasha.releases.actions.deciding import decide, hand_over, propose
from arasha.releases.actions.errors import (
    AlreadyAnswered,
    ConsentMissing,
    HelperMissing,
    InDanger,
    NotThere,
    OfAge,
    SamePerson,
)
from arasha.releases.actions.papers import keep_paper, print_paper
from arasha.releases.actions.taking import end_unmatched, match, take_down, withdraw

__all__ = [
    "AlreadyAnswered",
    "ConsentMissing",
    "HelperMissing",
    "InDanger",
    "NotThere",
    "OfAge",
    "SamePerson",
    "climb",
    "decide",
    "end_unmatched",
    "hand_over",
    "keep_paper",
    "match",
    "print_paper",
    "propose",
    "take_down",
    "withdraw",
]
