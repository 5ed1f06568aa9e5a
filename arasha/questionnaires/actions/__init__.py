"""Everything that is written about forms: drafting, deciding, loading the shipped ones."""

from arasha.questionnaires.actions.beginning import Begun, FormNotInForce, NothingNewer, ResponseNotThere, begin, go_on
from arasha.questionnaires.actions.deciding import DecidedMeanwhile, decide
from arasha.questionnaires.actions.drafting import NumberTaken, draft
from arasha.questionnaires.actions.loading import ChangedFile, load_reference
from arasha.questionnaires.actions.saving import Saved, save_draft, settle_copy
from arasha.questionnaires.actions.submitting import (
    AnswersFaulty,
    DraftChanged,
    NothingWritten,
    correct,
    submit,
    withdraw,
)

__all__ = [
    "AnswersFaulty",
    "Begun",
    "ChangedFile",
    "DecidedMeanwhile",
    "DraftChanged",
    "FormNotInForce",
    "NothingNewer",
    "NothingWritten",
    "NumberTaken",
    "ResponseNotThere",
    "Saved",
    "begin",
    "correct",
    "decide",
    "draft",
    "go_on",
    "load_reference",
    "save_draft",
    "settle_copy",
    "submit",
    "withdraw",
]
