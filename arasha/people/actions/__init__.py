"""Every write of people that others may use."""

from arasha.people.actions.adoption import Adopted, lift_adoption, open_adoption, seal_adoption
from arasha.people.actions.alleging import HEEDING, AllegationNotThere, allege, change_status, take_back_allegation
from arasha.people.actions.facts import (
    end_fact,
    keep_address,
    keep_attendance,
    keep_contact,
    keep_paper,
    note_absence,
    note_pregnancy,
)
from arasha.people.actions.family import KinOfThemselves, note_surrounding, relate, set_standing, settle
from arasha.people.actions.giving import give_out_rejected
from arasha.people.actions.identities import recognise, set_apart
from arasha.people.actions.linking import Linked, learn_weights, link_everybody
from arasha.people.actions.matching import Decided, MatchingIsTheClocks, decide_match, match_waiting, propose_match
from arasha.people.actions.overseeing import tell_of_links
from arasha.people.actions.recording import PersonNotThere
from arasha.people.actions.registering import (
    NothingSaid,
    describe_person,
    name_person,
    register,
    remove_person,
    set_birth,
    write_person,
)
from arasha.people.actions.registers import (
    LoadNotReady,
    RegisterNotThere,
    arrange_register,
    choose_reading,
    set_mapping,
    start_load,
    stop_load,
    take_back_load,
    take_file,
    try_load,
)
from arasha.people.actions.sealing import TooMuch
from arasha.people.actions.sending import AT_ONCE, send_rows
from arasha.people.actions.talking import InterpreterIsKin, note_communication, note_difficulties

__all__ = [
    "AT_ONCE",
    "HEEDING",
    "Adopted",
    "AllegationNotThere",
    "Decided",
    "InterpreterIsKin",
    "KinOfThemselves",
    "Linked",
    "LoadNotReady",
    "MatchingIsTheClocks",
    "NothingSaid",
    "PersonNotThere",
    "RegisterNotThere",
    "TooMuch",
    "allege",
    "arrange_register",
    "change_status",
    "choose_reading",
    "decide_match",
    "describe_person",
    "end_fact",
    "give_out_rejected",
    "keep_address",
    "keep_attendance",
    "keep_contact",
    "keep_paper",
    "learn_weights",
    "lift_adoption",
    "link_everybody",
    "match_waiting",
    "name_person",
    "note_absence",
    "note_communication",
    "note_difficulties",
    "note_pregnancy",
    "note_surrounding",
    "open_adoption",
    "propose_match",
    "recognise",
    "register",
    "relate",
    "remove_person",
    "seal_adoption",
    "send_rows",
    "set_apart",
    "set_birth",
    "set_mapping",
    "set_standing",
    "settle",
    "start_load",
    "stop_load",
    "take_back_allegation",
    "take_back_load",
    "take_file",
    "tell_of_links",
    "try_load",
    "write_person",
]
