"""Everything that a helpline writes."""

from arasha.helpline.actions.calling_back import (
    CallBackNotThere,
    CallBackTaken,
    ask_call_back,
    call_back_done,
    take_call_back,
)
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
from arasha.helpline.actions.following_calls import follow_call, forget_calls
from arasha.helpline.actions.found import (
    AlreadyTaken,
    ContactEnded,
    ContactNotThere,
    NoHelpline,
    NothingSaid,
    NotYours,
)
from arasha.helpline.actions.importing_figures import Handed, SourceMissing, import_figures
from arasha.helpline.actions.importing_reasons import (
    Imported,
    NotYetValid,
    OlderEdition,
    TableFaulty,
    TooMuchClosed,
    import_reasons,
)
from arasha.helpline.actions.lines import LineNotThere, LineWrong, NoSuchPost, end_line, give_line
from arasha.helpline.actions.reference import load_reasons
from arasha.helpline.actions.ringing import ring_for_contacts
from arasha.helpline.actions.signalling import pass_on, shut_out, signal_from_contact
from arasha.helpline.actions.talking import hear, note, note_delivery, say
from arasha.helpline.actions.telling_calls import MOST_EVENTS, ClockWrong, Taken, Told, lose_silent, tell_calls
from arasha.helpline.actions.writing_down import ask_safety, log_contact
from arasha.helpline.rules import FormIncomplete, Log

__all__ = [
    "MOST_EVENTS",
    "AlreadyTaken",
    "CallBackNotThere",
    "CallBackTaken",
    "ClockWrong",
    "ContactEnded",
    "ContactNotThere",
    "FormIncomplete",
    "Handed",
    "Imported",
    "LineNotThere",
    "LineWrong",
    "Log",
    "NoHelpline",
    "NoSuchPost",
    "NotYetValid",
    "NotYours",
    "NothingSaid",
    "OlderEdition",
    "SourceMissing",
    "TableFaulty",
    "Taken",
    "Told",
    "TooMuchClosed",
    "ask_call_back",
    "ask_safety",
    "be_there",
    "begin_contact",
    "call_back_done",
    "clear_draft",
    "end_contact",
    "end_line",
    "follow_call",
    "forget_calls",
    "give_back",
    "give_line",
    "hear",
    "import_figures",
    "import_reasons",
    "join_contact",
    "keep_draft",
    "load_reasons",
    "log_contact",
    "lose_silent",
    "miss_contact",
    "note",
    "note_delivery",
    "pass_on",
    "return_lost",
    "ring_for_contacts",
    "say",
    "shut_out",
    "signal_from_contact",
    "take_call_back",
    "take_contact",
    "take_next",
    "tell_calls",
]
