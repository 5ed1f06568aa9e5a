"""The code lists of pilots. Days until a decision and the rungs of reminders are working rules, unverified."""

from pathlib import Path

from arasha.ui.rules import CodeList

DATA = Path(__file__).parents[1] / "data"

STEPS = CodeList(DATA / "steps.csv")
DECISIONS = CodeList(DATA / "decisions.csv")
STATES = CodeList(DATA / "states.csv")
LIMITS = CodeList(DATA / "limits.csv")
REMINDERS = CodeList(DATA / "reminders.csv")
