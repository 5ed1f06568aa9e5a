"""What people fill in about a child's file."""

from arasha.cases.forms.considering import ConsideredForm, DecideConsideredForm
from arasha.cases.forms.frame import ConcernForm, DecideForm, DocumentForm, HouseholdForm, SafetyForm, WordsForm
from arasha.cases.forms.happened import IncidentForm, LinkForm, StrikeForm, start
from arasha.cases.forms.hearing import FactsForm, UnaskedForm
from arasha.cases.forms.injuries import InjuryForm
from arasha.cases.forms.lead import AnswerForm, OfferForm
from arasha.cases.forms.statements import RelateForm, StatementForm

__all__ = [
    "AnswerForm",
    "ConcernForm",
    "ConsideredForm",
    "DecideConsideredForm",
    "DecideForm",
    "DocumentForm",
    "FactsForm",
    "HouseholdForm",
    "IncidentForm",
    "InjuryForm",
    "LinkForm",
    "OfferForm",
    "RelateForm",
    "SafetyForm",
    "StatementForm",
    "StrikeForm",
    "UnaskedForm",
    "WordsForm",
    "start",
]
