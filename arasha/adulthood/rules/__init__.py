"""Rules of growing up: the race against the 18th birthday, what a child applies for, what is needed at 18."""

from arasha.adulthood.rules.growing import CLOSED, CONSENT, GIVEN, Said, needs, points_of, step_of
from arasha.adulthood.rules.lists import (
    CONSENT_ANSWERS,
    GROUNDS,
    KINDS,
    ORDER,
    POINT_STATES,
    POINTS,
    PRESSURES,
    STAGES,
    STATES,
)
from arasha.adulthood.rules.race import MAJORITY, SOON, Leg, Race, add_months, birthday, race
from arasha.adulthood.rules.said import LONGEST, LONGEST_LINE, Dismissal, Faulty, Filed, Withdrawal

__all__ = [
    "CLOSED",
    "CONSENT",
    "CONSENT_ANSWERS",
    "GIVEN",
    "GROUNDS",
    "KINDS",
    "LONGEST",
    "LONGEST_LINE",
    "MAJORITY",
    "ORDER",
    "POINTS",
    "POINT_STATES",
    "PRESSURES",
    "SOON",
    "STAGES",
    "STATES",
    "Dismissal",
    "Faulty",
    "Filed",
    "Leg",
    "Race",
    "Said",
    "Withdrawal",
    "add_months",
    "birthday",
    "needs",
    "points_of",
    "race",
    "step_of",
]
