"""People as files know them."""

from arasha.people.models.adoption import Adoption
from arasha.people.models.alleged import Allegation, AllegationState, Suspect, ToldLink
from arasha.people.models.family import Kinship, Residence, Standing, Surrounding
from arasha.people.models.finding import Entry, Word
from arasha.people.models.matching import Match, Unmatched
from arasha.people.models.person import Person, PersonIdentity, PersonName
from arasha.people.models.profile import Communication, Difficulty, Pregnancy
from arasha.people.models.reach import Absence, Address, Attendance, Contact, Paper
from arasha.people.models.registers import Load, LoadChange, LoadFault, RegisterRow, RegisterSource

__all__ = [
    "Absence",
    "Address",
    "Adoption",
    "Allegation",
    "AllegationState",
    "Attendance",
    "Communication",
    "Contact",
    "Difficulty",
    "Entry",
    "Kinship",
    "Load",
    "LoadChange",
    "LoadFault",
    "Match",
    "Paper",
    "Person",
    "PersonIdentity",
    "PersonName",
    "Pregnancy",
    "RegisterRow",
    "RegisterSource",
    "Residence",
    "Standing",
    "Surrounding",
    "Suspect",
    "ToldLink",
    "Unmatched",
    "Word",
]
