"""The tables of plans: safety plans in versions, what was decided about entitlement, assessments and their parts."""

from arasha.plans.models.assessing import (
    Assessment,
    AssessmentPart,
    AssessmentSummary,
    ConfidentialityTold,
    DifferentView,
    SummarySignature,
)
from arasha.plans.models.child_plan import ChildPlan, PlanAction, PlanGoal, PlanMark, PlanVoice
from arasha.plans.models.eligibility import EligibilityDecision, EligibilityFact
from arasha.plans.models.outside_link import OutsideDoor, OutsideLetter, OutsideLink
from arasha.plans.models.places import ServicePlace, ServicePlaceStep
from arasha.plans.models.referral import Referral, ReferralStep, SpecialistAnswer, SpecialistQuestion
from arasha.plans.models.safety_plan import SafetyPlan, SafetyPlanDraft, SafetyPlanItem

__all__ = [
    "Assessment",
    "AssessmentPart",
    "AssessmentSummary",
    "ChildPlan",
    "ConfidentialityTold",
    "DifferentView",
    "EligibilityDecision",
    "EligibilityFact",
    "OutsideDoor",
    "OutsideLetter",
    "OutsideLink",
    "PlanAction",
    "PlanGoal",
    "PlanMark",
    "PlanVoice",
    "Referral",
    "ReferralStep",
    "SafetyPlan",
    "SafetyPlanDraft",
    "SafetyPlanItem",
    "ServicePlace",
    "ServicePlaceStep",
    "SpecialistAnswer",
    "SpecialistQuestion",
    "SummarySignature",
]
