"""What people do with a child's file: open it, lead it, judge, and keep what belongs to the child."""

from arasha.cases.actions.assigning import CannotBeGiven, WorkerNamedMeanwhile, assign_worker, name_worker
from arasha.cases.actions.closing import NotAsItWas, close_case, reopen_case
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
from arasha.cases.actions.happening import (
    ChangedMeanwhile,
    FormUnknown,
    Struck,
    change_incident,
    end_link,
    link_person,
    link_suspect,
    record_incident,
    strike_incident,
)
from arasha.cases.actions.hearing import NobodyInterviews, NotTheInterviewer, keep_facts, keep_unasked, name_interviewer
from arasha.cases.actions.injuring import record_injury, strike_injury
from arasha.cases.actions.judging import judge_safety
from arasha.cases.actions.leading import (
    FileNotThere,
    OfferAnswered,
    OfferStands,
    UnitCannotLead,
    accept_lead,
    care_for_leads,
    offer_lead,
    refuse_lead,
    return_offers,
    withdraw_lead,
)
from arasha.cases.actions.opening import CaseNotFound, OnlyOrigin, join_case, leave_case, open_case
from arasha.cases.actions.risking import JudgedMeanwhile, ReviewTooLate, judge_risk
from arasha.cases.actions.stating import MayNotWriteFindings, link_statements, record_statement, strike_statement
from arasha.cases.actions.taking import take_pages
from arasha.cases.actions.violence import OlderEdition, Taken, TooMuchClosed, load_violence, take_violence
from arasha.kernel.access.actions import TooManyToday

__all__ = [
    "CannotBeGiven",
    "CaseNotFound",
    "ChangedMeanwhile",
    "DecidedBefore",
    "FileNotThere",
    "FormUnknown",
    "JudgedMeanwhile",
    "MayNotWriteFindings",
    "NobodyInterviews",
    "NotAsItWas",
    "NotTheInterviewer",
    "OfferAnswered",
    "OfferStands",
    "OlderEdition",
    "OnlyOrigin",
    "ReviewTooLate",
    "Struck",
    "Taken",
    "TooManyToday",
    "TooMuchClosed",
    "UnitCannotLead",
    "WordsMissing",
    "WorkerNamedMeanwhile",
    "accept_lead",
    "assign_worker",
    "care_for_leads",
    "change_incident",
    "close_case",
    "decide_considered",
    "decide_household_child",
    "end_concern",
    "end_link",
    "join_case",
    "judge_risk",
    "judge_safety",
    "keep_document",
    "keep_facts",
    "keep_unasked",
    "keep_words",
    "leave_case",
    "link_person",
    "link_statements",
    "link_suspect",
    "load_violence",
    "name_concern",
    "name_considered",
    "name_household_child",
    "name_interviewer",
    "name_worker",
    "offer_lead",
    "open_case",
    "record_incident",
    "record_injury",
    "record_statement",
    "refuse_lead",
    "reopen_case",
    "return_offers",
    "strike_incident",
    "strike_injury",
    "strike_statement",
    "take_pages",
    "take_violence",
    "withdraw_lead",
]
