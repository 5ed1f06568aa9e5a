"""Every write of people that others may use."""

from arasha.people.actions.facts import end_fact, keep_address, keep_attendance, keep_contact, keep_paper
from arasha.people.actions.family import KinOfThemselves, note_surrounding, relate, set_standing, settle
from arasha.people.actions.giving import give_out_rejected
from arasha.people.actions.identities import recognise, set_apart
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
    "InterpreterIsKin",
    "KinOfThemselves",
    "LoadNotReady",
    "NothingSaid",
    "PersonNotThere",
    "RegisterNotThere",
    "TooMuch",
    "arrange_register",
    "choose_reading",
    "describe_person",
    "end_fact",
    "give_out_rejected",
    "keep_address",
    "keep_attendance",
    "keep_contact",
    "keep_paper",
    "name_person",
    "note_communication",
    "note_difficulties",
    "note_surrounding",
    "recognise",
    "register",
    "relate",
    "remove_person",
    "send_rows",
    "set_apart",
    "set_birth",
    "set_mapping",
    "set_standing",
    "settle",
    "start_load",
    "stop_load",
    "take_back_load",
    "take_file",
    "try_load",
    "write_person",
]
