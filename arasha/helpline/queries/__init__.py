"""Every read of the helpline that others may use."""

from arasha.helpline.queries.contacts import (
    contact,
    joked_lately,
    mine,
    queue,
    reason_codes,
    reasons,
    to_send,
    unit_for,
)
from arasha.helpline.queries.words import (
    Ask,
    Content,
    Said,
    draft_of,
    number_of,
    place_of,
    talk_of,
    words_of,
)

__all__ = [
    "Ask",
    "Content",
    "Said",
    "contact",
    "draft_of",
    "joked_lately",
    "mine",
    "number_of",
    "place_of",
    "queue",
    "reason_codes",
    "reasons",
    "talk_of",
    "to_send",
    "unit_for",
    "words_of",
]
