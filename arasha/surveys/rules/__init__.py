"""The survey's pure rules: questions, slips, envelopes' content, what may be shown."""

from arasha.surveys.rules.answers import SIZE, NotAnAnswer, about, heard, packed, unpacked
from arasha.surveys.rules.classes import APART, LASTS, LONGEST_NAME, MOST, same_class
from arasha.surveys.rules.figures import BAND, LEAST
from arasha.surveys.rules.questions import (
    LANGUAGES,
    UNSAID,
    Choice,
    Question,
    Questionnaire,
    Sheet,
    Words,
    questionnaire,
)
from arasha.surveys.rules.release import BREAKDOWNS, RELEASED, Decision, Released, decide
from arasha.surveys.rules.slips import DIGITS, fingerprint, new_slips, shown, typed

__all__ = [
    "APART",
    "BAND",
    "BREAKDOWNS",
    "DIGITS",
    "LANGUAGES",
    "LASTS",
    "LEAST",
    "LONGEST_NAME",
    "MOST",
    "RELEASED",
    "SIZE",
    "UNSAID",
    "Choice",
    "Decision",
    "NotAnAnswer",
    "Question",
    "Questionnaire",
    "Released",
    "Sheet",
    "Words",
    "about",
    "decide",
    "fingerprint",
    "heard",
    "new_slips",
    "packed",
    "questionnaire",
    "same_class",
    "shown",
    "typed",
    "unpacked",
]
