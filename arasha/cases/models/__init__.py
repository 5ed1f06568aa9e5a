"""The tables of a child's file: the case and its lead, what was judged, what the child said, who else lives there."""

from arasha.cases.models.case import Case, CaseOrigin
from arasha.cases.models.considering import Considered
from arasha.cases.models.frame import CaseConcern, CaseDocument, ChildWords, HouseholdChild
from arasha.cases.models.incidents import Incident, IncidentAct, IncidentPerson, IncidentText, IncidentVersion
from arasha.cases.models.injuries import Injury
from arasha.cases.models.judging import JudgementText, RiskJudgement, RiskText, SafetyJudgement
from arasha.cases.models.lead import LeadOffer
from arasha.cases.models.statements import Statement, StatementLink
from arasha.cases.models.violence import ViolenceEdition, ViolenceForm, ViolenceMapping

__all__ = [
    "Case",
    "CaseConcern",
    "CaseDocument",
    "CaseOrigin",
    "ChildWords",
    "Considered",
    "HouseholdChild",
    "Incident",
    "IncidentAct",
    "IncidentPerson",
    "IncidentText",
    "IncidentVersion",
    "Injury",
    "JudgementText",
    "LeadOffer",
    "RiskJudgement",
    "RiskText",
    "SafetyJudgement",
    "Statement",
    "StatementLink",
    "ViolenceEdition",
    "ViolenceForm",
    "ViolenceMapping",
]
