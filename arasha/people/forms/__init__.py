"""The shape of what is written down about people."""

from arasha.people.forms.alleged import AllegationForm, StatusForm
from arasha.people.forms.facts import (
    AbsenceForm,
    AddressForm,
    AttendanceForm,
    ContactForm,
    PaperForm,
    PregnancyForm,
)
from arasha.people.forms.family import (
    CommunicationForm,
    DifficultyForm,
    KinshipForm,
    ResidenceForm,
    StandingForm,
    SurroundingForm,
)
from arasha.people.forms.names import BirthForm, ChildForm, NameForm, PersonForm, RelativeForm

__all__ = [
    "AbsenceForm",
    "AddressForm",
    "AllegationForm",
    "AttendanceForm",
    "BirthForm",
    "ChildForm",
    "CommunicationForm",
    "ContactForm",
    "DifficultyForm",
    "KinshipForm",
    "NameForm",
    "PaperForm",
    "PersonForm",
    "PregnancyForm",
    "RelativeForm",
    "ResidenceForm",
    "StandingForm",
    "StatusForm",
    "SurroundingForm",
]
