"""Rules of growing up: the race against the 18th birthday, and what is said of a child's own application."""

from arasha.adulthood.rules.lists import GROUNDS, KINDS, ORDER, PRESSURES, STAGES, STATES
from arasha.adulthood.rules.race import MAJORITY, SOON, Leg, Race, add_months, birthday, race
from arasha.adulthood.rules.said import LONGEST, LONGEST_LINE, Dismissal, Faulty, Filed, Withdrawal

__all__ = [
    "GROUNDS",
    "KINDS",
    "LONGEST",
    "LONGEST_LINE",
    "MAJORITY",
    "ORDER",
    "PRESSURES",
    "SOON",
    "STAGES",
    "STATES",
    "Dismissal",
    "Faulty",
    "Filed",
    "Leg",
    "Race",
    "Withdrawal",
    "add_months",
    "birthday",
    "race",
]
