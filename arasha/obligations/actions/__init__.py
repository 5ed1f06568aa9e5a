"""What can be done with obligations: raise, meet, decline, give time, let time stand still, end, let silence climb."""

from arasha.obligations.actions.asking import NoLaterMoment, ask_for_time, grant_time, refuse_time
from arasha.obligations.actions.climbing import Swept, climb, sweep_batch
from arasha.obligations.actions.declining import AlreadyTheirs, UnitNotThere, decline, pass_on
from arasha.obligations.actions.delivering import NotHandedOverThen, check_notices, note_delivery, print_letter, see
from arasha.obligations.actions.ending import NoSuccessor, supersede, take_back, waive
from arasha.obligations.actions.heeding import heed_allegation
from arasha.obligations.actions.holding import AnsweredElsewhere, NotPossibleNow, ObligationNotFound, TooLong
from arasha.obligations.actions.meeting import (
    AlreadyMet,
    AnswerMissing,
    Attached,
    NotAllConsidered,
    OutcomeMissing,
    TooManyFiles,
    meet,
)
from arasha.obligations.actions.merging import supersede_equal
from arasha.obligations.actions.moving import move_obligations
from arasha.obligations.actions.pausing import NoEnd, resume, resume_due, suspend
from arasha.obligations.actions.raising import raise_for
from arasha.obligations.actions.reopening import owe_apart, reopen
from arasha.obligations.actions.settling import settle
from arasha.obligations.actions.standing_in import give_back, stand_in

__all__ = [
    "AlreadyMet",
    "AlreadyTheirs",
    "AnswerMissing",
    "AnsweredElsewhere",
    "Attached",
    "NoEnd",
    "NoLaterMoment",
    "NoSuccessor",
    "NotAllConsidered",
    "NotHandedOverThen",
    "NotPossibleNow",
    "ObligationNotFound",
    "OutcomeMissing",
    "Swept",
    "TooLong",
    "TooManyFiles",
    "UnitNotThere",
    "ask_for_time",
    "check_notices",
    "climb",
    "decline",
    "give_back",
    "grant_time",
    "heed_allegation",
    "meet",
    "move_obligations",
    "note_delivery",
    "owe_apart",
    "pass_on",
    "print_letter",
    "raise_for",
    "refuse_time",
    "reopen",
    "resume",
    "resume_due",
    "see",
    "settle",
    "stand_in",
    "supersede",
    "supersede_equal",
    "suspend",
    "sweep_batch",
    "take_back",
    "waive",
]
