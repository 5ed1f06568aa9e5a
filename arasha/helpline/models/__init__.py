"""Contacts of a helpline, what was said in them, who was called back, and the list of reasons."""

from arasha.helpline.models.contact import Contact, Message, PassOn
from arasha.helpline.models.desk import CallBack, Draft, Presence, Reason, ReasonEdition
from arasha.helpline.models.exchange import Call, CallEvent, CallNumber, DaySalt, Extension
from arasha.helpline.models.past import PastEdition, PastFigure

__all__ = [
    "Call",
    "CallBack",
    "CallEvent",
    "CallNumber",
    "Contact",
    "DaySalt",
    "Draft",
    "Extension",
    "Message",
    "PassOn",
    "PastEdition",
    "PastFigure",
    "Presence",
    "Reason",
    "ReasonEdition",
]
