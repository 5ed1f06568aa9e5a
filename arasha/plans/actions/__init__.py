"""What is done about a child's risk and plans: judge and answer, agree, print, find out, decide."""

from arasha.cases.actions import FileNotThere
from arasha.plans.actions.eligibility import FactDoesNotFit, OverruleReasonMissing, decide_eligibility, state_fact
from arasha.plans.actions.risk import judge_risk
from arasha.plans.actions.safety_plan import PlanChanged, make_safety_plan, print_safety_plan

__all__ = [
    "FactDoesNotFit",
    "FileNotThere",
    "OverruleReasonMissing",
    "PlanChanged",
    "decide_eligibility",
    "judge_risk",
    "make_safety_plan",
    "print_safety_plan",
    "state_fact",
]
