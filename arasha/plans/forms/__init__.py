"""What is filled in about risk, plans, entitlement and assessments."""

from arasha.plans.forms.assessing import ApplicationForm, AskForm, OpenForm, OutsideForm, ToldForm, ViewForm
from arasha.plans.forms.eligibility import DecideForm, FactsForm
from arasha.plans.forms.outside_link import LinkForm
from arasha.plans.forms.places import AskPlaceForm, SearchForm, StepForm
from arasha.plans.forms.referral import OUTSIDE, AnswerForm, FeedBackForm, SendForm, SeveralForm, SpecialistForm
from arasha.plans.forms.risk import RiskForm
from arasha.plans.forms.safety_plan import PrintForm, SafetyPlanForm

__all__ = [
    "OUTSIDE",
    "AnswerForm",
    "ApplicationForm",
    "AskForm",
    "AskPlaceForm",
    "DecideForm",
    "FactsForm",
    "FeedBackForm",
    "LinkForm",
    "OpenForm",
    "OutsideForm",
    "PrintForm",
    "RiskForm",
    "SafetyPlanForm",
    "SearchForm",
    "SendForm",
    "SeveralForm",
    "SpecialistForm",
    "StepForm",
    "ToldForm",
    "ViewForm",
]
