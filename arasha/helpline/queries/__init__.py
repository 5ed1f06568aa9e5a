"""Every read of the helpline that others may use."""

from arasha.helpline.queries.chats import attendance, chat_of, chats_to_show, sitting_of, written_in
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
from arasha.helpline.queries.sms import Line, line_of, number_and_source, number_of_line, number_to_send
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
    "Line",
    "Said",
    "attendance",
    "chat_of",
    "chats_to_show",
    "contact",
    "draft_of",
    "joked_lately",
    "line_of",
    "mine",
    "number_and_source",
    "number_of",
    "number_of_line",
    "number_to_send",
    "place_of",
    "queue",
    "reason_codes",
    "reasons",
    "sitting_of",
    "talk_of",
    "to_send",
    "unit_for",
    "words_of",
    "written_in",
]
