"""The tables of plans: safety plans in versions, and what was found out and decided about a child's entitlement."""

from arasha.plans.models.eligibility import EligibilityDecision, EligibilityFact
from arasha.plans.models.safety_plan import SafetyPlan, SafetyPlanItem

__all__ = ["EligibilityDecision", "EligibilityFact", "SafetyPlan", "SafetyPlanItem"]
