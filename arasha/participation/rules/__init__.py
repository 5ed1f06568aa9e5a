"""What feedback decides without a database: questions, slips, what may be told, which words may tell of harm."""

from arasha.participation.rules.asking import AGES, LANGUAGES, Question, age_group, asked, questions, settings
from arasha.participation.rules.harm import may_tell_of_harm
from arasha.participation.rules.periods import current, open_periods, title
from arasha.participation.rules.slips import (
    ANSWERS_SIZE,
    FILE,
    WORDS_SIZE,
    Opening,
    Said,
    about,
    answers_id,
    fingerprint,
    new_number,
    open_slip,
    seal_slip,
    shown,
    typed,
)
from arasha.participation.rules.telling import Outcome, decide

__all__ = [
    "AGES",
    "ANSWERS_SIZE",
    "FILE",
    "LANGUAGES",
    "WORDS_SIZE",
    "Opening",
    "Outcome",
    "Question",
    "Said",
    "about",
    "age_group",
    "answers_id",
    "asked",
    "current",
    "decide",
    "fingerprint",
    "may_tell_of_harm",
    "new_number",
    "open_periods",
    "open_slip",
    "questions",
    "seal_slip",
    "settings",
    "shown",
    "title",
    "typed",
]
