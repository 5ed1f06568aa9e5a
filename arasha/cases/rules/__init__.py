"""What a case is made of: its number, its codes, and what a judgement of safety is worth."""

from arasha.cases.rules.codes import (
    CONCERNS,
    DOCUMENTS,
    HOUSEHOLD,
    HOUSEHOLD_REASONS,
    LEAD_REASONS,
    PLACES,
    PRECISIONS,
    REFUSALS,
    RISKS,
    SAFETY,
    SAYING,
    SEEN,
    SETTINGS,
    ReasonDoesNotFit,
    check_household,
    judge_risk_again_after,
    reasons_for,
)
from arasha.cases.rules.leaders import LEADERS, LEADERS_OF, RECEIVERS
from arasha.cases.rules.numbers import LETTERS, NUMBER, case_number, read_number
from arasha.cases.rules.safety import UNKNOWN, JudgementMissing, Safety, check_judgement, state_now
from arasha.people.rules import SEXES

__all__ = [
    "CONCERNS",
    "DOCUMENTS",
    "HOUSEHOLD",
    "HOUSEHOLD_REASONS",
    "LEADERS",
    "LEADERS_OF",
    "LEAD_REASONS",
    "LETTERS",
    "NUMBER",
    "PLACES",
    "PRECISIONS",
    "RECEIVERS",
    "REFUSALS",
    "RISKS",
    "SAFETY",
    "SAYING",
    "SEEN",
    "SETTINGS",
    "SEXES",
    "UNKNOWN",
    "JudgementMissing",
    "ReasonDoesNotFit",
    "Safety",
    "case_number",
    "check_household",
    "check_judgement",
    "judge_risk_again_after",
    "read_number",
    "reasons_for",
    "state_now",
]
