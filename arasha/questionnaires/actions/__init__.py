"""Everything that is written about forms: drafting, deciding, loading the shipped ones; and of what people fill in."""

from arasha.questionnaires.actions.beginning import (
    Begun,
    FormNotInForce,
    NothingNewer,
    ResponseNotThere,
    begin,
    go_on,
)
from arasha.questionnaires.actions.deciding import DecidedMeanwhile, decide
from arasha.questionnaires.actions.drafting import NumberTaken, draft, faults_of
from arasha.questionnaires.actions.loading import ChangedFile, load_reference, read_files
from arasha.questionnaires.actions.saving import Saved, save_draft, settle_copy
from arasha.questionnaires.actions.submitting import AnswersFaulty, DraftChanged, correct, submit, withdraw

__all__ = [
    "AnswersFaulty",
    "Begun",
    "ChangedFile",
    "DecidedMeanwhile",
    "DraftChanged",
    "FormNotInForce",
    "NothingNewer",
    "NumberTaken",
    "ResponseNotThere",
    "Saved",
    "begin",
    "correct",
    "decide",
    "draft",
    "faults_of",
    "go_on",
    "load_reference",
    "read_files",
    "save_draft",
    "settle_copy",
    "submit",
    "withdraw",
]
