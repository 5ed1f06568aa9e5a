"""What people do with a child's file: open it, lead it, judge, and keep what belongs to the child."""

from arasha.cases.actions.considering import decide_considered, name_considered
from arasha.cases.actions.framing import (
    DecidedBefore,
    WordsMissing,
    decide_household_child,
    end_concern,
    keep_document,
    keep_words,
    name_concern,
    name_household_child,
)
from arasha.cases.actions.judging import judge_safety
from arasha.cases.actions.leading import (
    FileNotThere,
    OfferAnswered,
    OfferStands,
    UnitCannotLead,
    accept_lead,
    care_for_leads,
    name_worker,
    offer_lead,
    refuse_lead,
    return_offers,
    withdraw_lead,
)
from arasha.cases.actions.opening import CaseNotFound, OnlyOrigin, join_case, leave_case, open_case
from arasha.cases.actions.risking import JudgedMeanwhile, ReviewTooLate, judge_risk

__all__ = [
    "CaseNotFound",
    "DecidedBefore",
    "FileNotThere",
    "JudgedMeanwhile",
    "OfferAnswered",
    "OfferStands",
    "OnlyOrigin",
    "ReviewTooLate",
    "UnitCannotLead",
    "WordsMissing",
    "accept_lead",
    "care_for_leads",
    "decide_considered",
    "decide_household_child",
    "end_concern",
    "join_case",
    "judge_risk",
    "judge_safety",
    "keep_document",
    "keep_words",
    "leave_case",
    "name_concern",
    "name_considered",
    "name_household_child",
    "name_worker",
    "offer_lead",
    "open_case",
    "refuse_lead",
    "return_offers",
    "withdraw_lead",
]
