"""Rules of pilots: how one stands, when a decision is due and reminded of, what can't be entered. No database."""

from arasha.governance.rules.lists import DECISIONS, LIMITS, REMINDERS, STATES, STEPS
from arasha.governance.rules.said import LONG, SHORT, PilotFaulty, PilotSaid, StepSaid, check_until, refuse
from arasha.governance.rules.standing import Ran, Standing, reached, standing, urgency

__all__ = [
    "DECISIONS",
    "LIMITS",
    "LONG",
    "REMINDERS",
    "SHORT",
    "STATES",
    "STEPS",
    "PilotFaulty",
    "PilotSaid",
    "Ran",
    "Standing",
    "StepSaid",
    "check_until",
    "reached",
    "refuse",
    "standing",
    "urgency",
]
