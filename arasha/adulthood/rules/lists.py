"""The code lists of children's own applications. Kinds and months rest on acts that nobody has verified."""

from pathlib import Path

from arasha.ui.rules import CodeList

DATA = Path(__file__).parents[1] / "data"

KINDS = CodeList(DATA / "application_kinds.csv")
STAGES = CodeList(DATA / "stages.csv")
STATES = CodeList(DATA / "application_states.csv")
GROUNDS = CodeList(DATA / "grounds.csv")
PRESSURES = CodeList(DATA / "pressures.csv")
ORDER = tuple(row.code for row in STAGES)
POINTS = CodeList(DATA / "points.csv")
POINT_STATES = CodeList(DATA / "point_states.csv")
CONSENT_ANSWERS = CodeList(DATA / "own_consent.csv")
