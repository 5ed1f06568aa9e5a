"""Contacts of a helpline and what was said in them, call-backs, reasons; phrases, known callers, shifts, debriefs."""

from arasha.helpline.models.channels import Chat, SmsLine, SmsSending
from arasha.helpline.models.contact import Contact, Message, PassOn
from arasha.helpline.models.debriefs import Debrief, DebriefWords
from arasha.helpline.models.desk import CallBack, Draft, Presence, Reason, ReasonEdition
from arasha.helpline.models.exchange import Call, CallEvent, CallNumber, DaySalt, Extension
from arasha.helpline.models.past import PastEdition, PastFigure
from arasha.helpline.models.phrases import Phrase, PhraseUse, PhraseVersion
from arasha.helpline.models.profiles import Profile, ProfileContact, ProfileFlag, ProfileGuidance
from arasha.helpline.models.shifts import Matter, Shift, ShiftSeat

__all__ = [
    "Call",
    "CallBack",
    "CallEvent",
    "CallNumber",
    "Chat",
    "Contact",
    "DaySalt",
    "Debrief",
    "DebriefWords",
    "Draft",
    "Extension",
    "Matter",
    "Message",
    "PassOn",
    "PastEdition",
    "PastFigure",
    "Phrase",
    "PhraseUse",
    "PhraseVersion",
    "Presence",
    "Profile",
    "ProfileContact",
    "ProfileFlag",
    "ProfileGuidance",
    "Reason",
    "ReasonEdition",
    "Shift",
    "ShiftSeat",
    "SmsLine",
    "SmsSending",
]
