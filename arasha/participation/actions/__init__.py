"""Everything that feedback writes."""

from arasha.participation.actions.answering import NumberNotGood, hand_in
from arasha.participation.actions.closing import close_periods
from arasha.participation.actions.inviting import AskedLately, NotAnOffering, OwnService, invite
from arasha.participation.actions.opening import open_words, raise_danger
from arasha.participation.actions.reading import TextNotThere, decide_words
from arasha.participation.actions.replying import CannotReply, NothingSaid, reply

__all__ = [
    "AskedLately",
    "CannotReply",
    "NotAnOffering",
    "NothingSaid",
    "NumberNotGood",
    "OwnService",
    "TextNotThere",
    "close_periods",
    "decide_words",
    "hand_in",
    "invite",
    "open_words",
    "raise_danger",
    "reply",
]
