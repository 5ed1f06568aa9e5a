"""The tables of a child's file: the case and its lead, what was judged, what the child said, who else lives there."""

from arasha.cases.models.case import Case, CaseOrigin
from arasha.cases.models.considering import Considered
from arasha.cases.models.frame import CaseConcern, CaseDocument, ChildWords, HouseholdChild
from arasha.cases.models.judging import JudgementText, RiskJudgement, RiskText, SafetyJudgement
from arasha.cases.models.lead import LeadOffer

__all__ = [
    "Case",
    "CaseConcern",
    "CaseDocument",
    "CaseOrigin",
    "ChildWords",
    "Considered",
    "HouseholdChild",
    "JudgementText",
    "LeadOffer",
    "RiskJudgement",
    "RiskText",
    "SafetyJudgement",
]
