"""What people fill in about a child's file."""

from arasha.cases.forms.considering import ConsideredForm, DecideConsideredForm
from arasha.cases.forms.frame import (
    ConcernForm,
    DecideForm,
    DocumentForm,
    HouseholdForm,
    SafetyForm,
    WordsForm,
)
from arasha.cases.forms.lead import AnswerForm, OfferForm

__all__ = [
    "AnswerForm",
    "ConcernForm",
    "ConsideredForm",
    "DecideConsideredForm",
    "DecideForm",
    "DocumentForm",
    "HouseholdForm",
    "OfferForm",
    "SafetyForm",
    "WordsForm",
]
