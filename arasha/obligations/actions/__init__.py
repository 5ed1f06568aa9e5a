"""What can be done with obligations: raise, meet, and let silence climb."""

from arasha.obligations.actions.climbing import Swept, climb, sweep_batch
from arasha.obligations.actions.meeting import AlreadyMet, AnswerMissing, ObligationNotFound, meet
from arasha.obligations.actions.moving import move_obligations
from arasha.obligations.actions.raising import raise_for

__all__ = [
    "AlreadyMet",
    "AnswerMissing",
    "ObligationNotFound",
    "Swept",
    "climb",
    "meet",
    "move_obligations",
    "raise_for",
    "sweep_batch",
]
