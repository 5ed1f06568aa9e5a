"""Everything that a survey writes."""

from arasha.surveys.actions.answering import SlipNotGood, hand_in
from arasha.surveys.actions.beginning import (
    AskedLately,
    ClassTooSmall,
    NotReady,
    SurveyNotThere,
    begin_survey,
    open_survey,
    print_slips,
)
from arasha.surveys.actions.closing import close_survey, sweep_envelopes

__all__ = [
    "AskedLately",
    "ClassTooSmall",
    "NotReady",
    "SlipNotGood",
    "SurveyNotThere",
    "begin_survey",
    "close_survey",
    "hand_in",
    "open_survey",
    "print_slips",
    "sweep_envelopes",
]
