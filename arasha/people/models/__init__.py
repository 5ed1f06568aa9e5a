"""People as files know them."""

from arasha.people.models.alleged import Allegation, AllegationState, Suspect, ToldLink
from arasha.people.models.family import Kinship, Residence, Standing, Surrounding
from arasha.people.models.finding import Entry, Word
from arasha.people.models.person import Person, PersonIdentity, PersonName
from arasha.people.models.profile import Communication, Difficulty
from arasha.people.models.reach import Address, Attendance, Contact, Paper

__all__ = [
    "Address",
    "Allegation",
    "AllegationState",
    "Attendance",
    "Communication",
    "Contact",
    "Difficulty",
    "Entry",
    "Kinship",
    "Paper",
    "Person",
    "PersonIdentity",
    "PersonName",
    "Residence",
    "Standing",
    "Surrounding",
    "Suspect",
    "ToldLink",
    "Word",
]
