"""Every write of people that others may use."""

from arasha.people.actions.alleging import AllegationNotThere, allege, change_status, take_back_allegation
from arasha.people.actions.facts import end_fact, keep_address, keep_attendance, keep_contact, keep_paper
from arasha.people.actions.family import KinOfThemselves, note_surrounding, relate, set_standing, settle
from arasha.people.actions.identities import recognise, set_apart
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
from arasha.people.actions.sealing import TooMuch
from arasha.people.actions.talking import InterpreterIsKin, note_communication, note_difficulties

__all__ = [
    "AllegationNotThere",
    "InterpreterIsKin",
    "KinOfThemselves",
    "NothingSaid",
    "PersonNotThere",
    "TooMuch",
    "allege",
    "change_status",
    "describe_person",
    "end_fact",
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
    "set_apart",
    "set_birth",
    "set_standing",
    "settle",
    "take_back_allegation",
    "tell_of_links",
    "write_person",
]
