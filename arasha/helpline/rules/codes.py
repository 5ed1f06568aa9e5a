"""The codes of contacts: lists as reviewed text."""

from pathlib import Path

from arasha.ui.rules import CodeList

DATA = Path(__file__).parents[1] / "data"
CHANNELS = CodeList(DATA / "channels.csv")
STATES = CodeList(DATA / "states.csv")
CALLERS = CodeList(DATA / "callers.csv")
KINDS = CodeList(DATA / "kinds.csv")
AGES = CodeList(DATA / "ages.csv")
STEPS = CodeList(DATA / "steps.csv")
REFERRALS = CodeList(DATA / "referrals.csv")
DANGERS = CodeList(DATA / "dangers.csv")
SERVICES = CodeList(DATA / "services.csv")
CALL_BACK_STATES = CodeList(DATA / "call_back_states.csv")
CALL_BACK_OUTCOMES = CodeList(DATA / "call_back_outcomes.csv")

# What the safety check says in the words of a report.
SAFE_NOW = {"safe": "yes", "not_safe": "no"}
# Channels on which we answer with words that the channel sends.
WRITTEN = frozenset(row.code for row in CHANNELS if row.more["written"] == "yes")
JOKING = frozenset(row.code for row in KINDS if row.more["joking"] == "yes")
# What became of a contact that nobody took.
UNANSWERED = frozenset(row.code for row in KINDS if row.more["group"] == "unanswered")
ANSWERABLE = frozenset(row.code for row in KINDS) - UNANSWERED
# One click, and the contact is written down.
ONE_CLICK = tuple(row.code for row in KINDS if row.code in ANSWERABLE and row.more["form"] == "no")


def needs_form(kind: str) -> bool:
    """Say whether a contact of this kind is written down with more than its kind."""
    return KINDS[kind].more["form"] == "yes"
