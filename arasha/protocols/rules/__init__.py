"""What a procedure says and how its text is read. Pure: no database, no clock."""

from arasha.protocols.rules.content import Basis, Protocol, Rung, Step, in_force, matches
from arasha.protocols.rules.reading import FaultyProtocol, Source, canonical, check_references, read

__all__ = [
    "Basis",
    "FaultyProtocol",
    "Protocol",
    "Rung",
    "Source",
    "Step",
    "canonical",
    "check_references",
    "in_force",
    "matches",
    "read",
]
