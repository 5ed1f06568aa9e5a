"""People as files know them."""

from arasha.people.models.family import Kinship, Residence, Standing, Surrounding
from arasha.people.models.finding import Entry, Word
from arasha.people.models.person import Person, PersonIdentity, PersonName
from arasha.people.models.profile import Communication, Difficulty
from arasha.people.models.reach import Address, Attendance, Contact, Paper
from arasha.people.models.registers import DoubtfulPair, Load, LoadChange, LoadFault, RegisterRow, RegisterSource

__all__ = [
    "Address",
    "Attendance",
    "Communication",
    "Contact",
    "Difficulty",
    "DoubtfulPair",
    "Entry",
    "Kinship",
    "Load",
    "LoadChange",
    "LoadFault",
    "Paper",
    "Person",
    "PersonIdentity",
    "PersonName",
    "RegisterRow",
    "RegisterSource",
    "Residence",
    "Standing",
    "Surrounding",
    "Word",
]
