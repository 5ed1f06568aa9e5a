"""Everything that a helpline writes."""

from arasha.helpline.actions.calling_back import (
    CallBackNotThere,
    CallBackTaken,
    ask_call_back,
    call_back_done,
    take_call_back,
)
from arasha.helpline.actions.chatting import attend_chats, hear_chat, leave_chat, leave_chats, show_chats
from arasha.helpline.actions.contacts import (
    begin_contact,
    end_contact,
    give_back,
    join_contact,
    miss_contact,
    return_lost,
    take_contact,
    take_next,
)
from arasha.helpline.actions.desk import be_there, clear_draft, keep_draft
from arasha.helpline.actions.found import (
    AlreadyTaken,
    ContactEnded,
    ContactNotThere,
    NoHelpline,
    NothingSaid,
    NotYours,
)
from arasha.helpline.actions.reference import load_reasons
from arasha.helpline.actions.ringing import ring_for_contacts
from arasha.helpline.actions.signalling import pass_on, shut_out, signal_from_contact
from arasha.helpline.actions.sms import Due, bring_sms, claim_sms, end_sms, show_number
from arasha.helpline.actions.talking import hear, note, note_delivery, say
from arasha.helpline.actions.writing_down import ask_safety, log_contact
from arasha.helpline.rules import FormIncomplete, Log

__all__ = [
    "AlreadyTaken",
    "CallBackNotThere",
    "CallBackTaken",
    "ContactEnded",
    "ContactNotThere",
    "Due",
    "FormIncomplete",
    "Log",
    "NoHelpline",
    "NotYours",
    "NothingSaid",
    "ask_call_back",
    "ask_safety",
    "attend_chats",
    "be_there",
    "begin_contact",
    "bring_sms",
    "call_back_done",
    "claim_sms",
    "clear_draft",
    "end_contact",
    "end_sms",
    "give_back",
    "hear",
    "hear_chat",
    "join_contact",
    "keep_draft",
    "leave_chat",
    "leave_chats",
    "load_reasons",
    "log_contact",
    "miss_contact",
    "note",
    "note_delivery",
    "pass_on",
    "return_lost",
    "ring_for_contacts",
    "say",
    "show_chats",
    "show_number",
    "shut_out",
    "signal_from_contact",
    "take_call_back",
    "take_contact",
    "take_next",
]
