"""The codes of a child's file: lists as reviewed text."""

from pathlib import Path

from arasha.ui.rules import Code, CodeList

DATA = Path(__file__).parents[1] / "data"
CONCERNS = CodeList(DATA / "concerns.csv")
SAFETY = CodeList(DATA / "safety_states.csv")
PLACES = CodeList(DATA / "places.csv")
SEEN = CodeList(DATA / "seen.csv")
RISKS = CodeList(DATA / "risk_levels.csv")
SETTINGS = CodeList(DATA / "settings.csv")
PRECISIONS = CodeList(DATA / "precisions.csv")
SAYING = CodeList(DATA / "ways_of_saying.csv")
HOUSEHOLD = CodeList(DATA / "household_decisions.csv")
HOUSEHOLD_REASONS = CodeList(DATA / "household_reasons.csv")
LEAD_REASONS = CodeList(DATA / "lead_reasons.csv")
REFUSALS = CodeList(DATA / "refusals.csv")
DOCUMENTS = CodeList(DATA / "document_kinds.csv")


class ReasonDoesNotFit(ValueError):
    """The reason belongs to another decision."""


def reasons_for(decision: str) -> list[Code]:
    """Return the reasons with which a child of the household may be decided on so."""
    return [reason for reason in HOUSEHOLD_REASONS if reason.more["decision"] == decision]


def check_household(decision: str, reason: str) -> None:
    """Refuse a decision or a reason of no list (UnknownCode), and a reason of another decision."""
    HOUSEHOLD[decision]
    if HOUSEHOLD_REASONS[reason].more["decision"] != decision:
        raise ReasonDoesNotFit(reason)
