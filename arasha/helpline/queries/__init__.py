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
from arasha.helpline.queries.figures import Calls, Contacts, Figures, Past, editions, figures
from arasha.helpline.queries.lines import Line, StrangeLine, due_calls, lines, seats, strange_lines
from arasha.helpline.queries.past import known_words, regions
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
    "Calls",
    "Contacts",
    "Content",
    "Figures",
    "Line",
    "Past",
    "Said",
    "StrangeLine",
    "contact",
    "draft_of",
    "due_calls",
    "editions",
    "figures",
    "joked_lately",
    "known_words",
    "lines",
    "mine",
    "number_of",
    "place_of",
    "queue",
    "reason_codes",
    "reasons",
    "regions",
    "seats",
    "strange_lines",
    "talk_of",
    "to_send",
    "unit_for",
    "words_of",
]
