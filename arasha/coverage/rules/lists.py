"""The code lists of infrastructure. Programmes have what their source says of the whole country, unverified."""

from pathlib import Path

from arasha.ui.rules import CodeList

DATA = Path(__file__).parents[1] / "data"

PROGRAMMES = CodeList(DATA / "programmes.csv")
KINDS = CodeList(DATA / "kinds.csv")
STEPS = CodeList(DATA / "steps.csv")
STATES = CodeList(DATA / "states.csv")
SHOWN = CodeList(DATA / "shown.csv")
