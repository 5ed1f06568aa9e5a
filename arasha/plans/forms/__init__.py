"""What is filled in about risk, plans and entitlement."""

from arasha.plans.forms.eligibility import DecideForm, FactForm
from arasha.plans.forms.risk import RiskForm
from arasha.plans.forms.safety_plan import PrintForm, SafetyPlanForm

__all__ = ["DecideForm", "FactForm", "PrintForm", "RiskForm", "SafetyPlanForm"]
