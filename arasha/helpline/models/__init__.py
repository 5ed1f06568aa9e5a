"""Contacts of a helpline and what was said in them, call-backs, reasons; phrases, known callers, shifts, debriefs."""

from arasha.helpline.models.contact import Contact, Message, PassOn
from arasha.helpline.models.debriefs import Debrief, DebriefWords
from arasha.helpline.models.desk import CallBack, Draft, Presence, Reason
from arasha.helpline.models.phrases import Phrase, PhraseUse, PhraseVersion
from arasha.helpline.models.profiles import Profile, ProfileContact, ProfileFlag, ProfileGuidance
from arasha.helpline.models.shifts import Matter, Shift, ShiftSeat

__all__ = [
    "CallBack",
    "Contact",
    "Debrief",
    "DebriefWords",
    "Draft",
    "Matter",
    "Message",
    "PassOn",
    "Phrase",
    "PhraseUse",
    "PhraseVersion",
    "Presence",
    "Profile",
    "ProfileContact",
    "ProfileFlag",
    "ProfileGuidance",
    "Reason",
    "Shift",
    "ShiftSeat",
]
