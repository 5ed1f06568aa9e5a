"""Every read of forms and responses that others may use."""

from arasha.questionnaires.queries.answering import (
    Copy,
    DraftRead,
    Reading,
    answers_of,
    draft_of,
    history_of,
    opened,
    place_of,
    readable,
    reading_of,
    response,
    responses_of,
    said,
    unfinished_of,
)
from arasha.questionnaires.queries.versions import Published, current, form_of

__all__ = [
    "Copy",
    "DraftRead",
    "Published",
    "Reading",
    "answers_of",
    "current",
    "draft_of",
    "form_of",
    "history_of",
    "opened",
    "place_of",
    "readable",
    "reading_of",
    "response",
    "responses_of",
    "said",
    "unfinished_of",
]
