"""What people do with forms: fill them in, hand in, correct, withdraw."""

from arasha.questionnaires.actions.beginning import (
    Begun,
    FormNotInForce,
    NothingNewer,
    ResponseNotThere,
    begin,
    go_on,
)
from arasha.questionnaires.actions.drafting import Saved, save_draft, settle_copy
from arasha.questionnaires.actions.submitting import AnswersFaulty, DraftChanged, correct, submit, withdraw

__all__ = [
    "AnswersFaulty",
    "Begun",
    "DraftChanged",
    "FormNotInForce",
    "NothingNewer",
    "ResponseNotThere",
    "Saved",
    "begin",
    "correct",
    "go_on",
    "save_draft",
    "settle_copy",
    "submit",
    "withdraw",
]
