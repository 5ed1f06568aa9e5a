"""The code lists of certificates: working lists, marked unverified where they have legal weight."""

from pathlib import Path

from arasha.ui.rules import CodeList

DATA = Path(__file__).parents[1] / "data"

PROGRAMMES = CodeList(DATA / "programmes.csv")
REASONS = CodeList(DATA / "reasons.csv")
STATES = CodeList(DATA / "states.csv")
