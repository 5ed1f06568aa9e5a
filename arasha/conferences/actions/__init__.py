"""Every write of case conferences."""

from arasha.conferences.actions.agenda import leave_out, make_urgent, put_off, put_on, wish_conference
from arasha.conferences.actions.attending import hear_child, mark_seats
from arasha.conferences.actions.deciding import confirm, decide, differ
from arasha.conferences.actions.errors import (
    ChildNotHeard,
    ItemChanged,
    NoQuorum,
    NotThere,
    SittingOver,
    UnitNotThere,
)
from arasha.conferences.actions.minuting import print_minutes, sign_minutes
from arasha.conferences.actions.sittings import end_sitting, hold_sitting, name_secretary

__all__ = [
    "ChildNotHeard",
    "ItemChanged",
    "NoQuorum",
    "NotThere",
    "SittingOver",
    "UnitNotThere",
    "confirm",
    "decide",
    "differ",
    "end_sitting",
    "hear_child",
    "hold_sitting",
    "leave_out",
    "make_urgent",
    "mark_seats",
    "name_secretary",
    "print_minutes",
    "put_off",
    "put_on",
    "sign_minutes",
    "wish_conference",
]
