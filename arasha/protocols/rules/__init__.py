"""What a procedure says and how its text is read. Pure: no database, no clock."""

from arasha.protocols.rules.checking import check_references, read
from arasha.protocols.rules.conditions import Conditions, Trigger
from arasha.protocols.rules.content import (
    BODIES,
    CLINIC,
    EVENT,
    IDENTIFIED,
    MET,
    NAMED_UNIT,
    OF_THE_CHILD,
    REPORTING,
    SCHOOL,
    WHERE_FOUND,
    Basis,
    Bound,
    Outcome,
    Protocol,
    Rung,
    Step,
    matches,
)
from arasha.protocols.rules.reading import FaultyProtocol, Source, canonical, held_to

__all__ = [
    "BODIES",
    "CLINIC",
    "EVENT",
    "IDENTIFIED",
    "MET",
    "NAMED_UNIT",
    "OF_THE_CHILD",
    "REPORTING",
    "SCHOOL",
    "WHERE_FOUND",
    "Basis",
    "Bound",
    "Conditions",
    "FaultyProtocol",
    "Outcome",
    "Protocol",
    "Rung",
    "Source",
    "Step",
    "Trigger",
    "canonical",
    "check_references",
    "held_to",
    "matches",
    "read",
]
