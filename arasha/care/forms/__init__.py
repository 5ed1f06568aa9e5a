"""What is typed of visits, removals, and of going alone."""

from arasha.care.forms.asking import PeopleForm
from arasha.care.forms.outing import OutingForm
from arasha.care.forms.planning import CancelForm, PlanForm
from arasha.care.forms.visiting import AskForm, EndForm, RemovalForm, VisitForm, WordForm

__all__ = [
    "AskForm",
    "CancelForm",
    "EndForm",
    "OutingForm",
    "PeopleForm",
    "PlanForm",
    "RemovalForm",
    "VisitForm",
    "WordForm",
]
