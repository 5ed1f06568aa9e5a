"""The code lists of requests. Days and bases rest on laws that nobody has verified (`verified_by` is empty)."""

from pathlib import Path

from arasha.ui.rules import CodeList

DATA = Path(__file__).parents[1] / "data"

APPLICANTS = CodeList(DATA / "applicants.csv")
WAYS = CodeList(DATA / "ways.csv")
CHECKS = CodeList(DATA / "checks.csv")
BASES = CodeList(DATA / "bases.csv")
PARTS = CodeList(DATA / "parts.csv")
BLACKED = CodeList(DATA / "blacked.csv")
REFUSALS = CodeList(DATA / "refusals.csv")
CONSENTS = CodeList(DATA / "consents.csv")
OUTCOMES = CodeList(DATA / "outcomes.csv")
PROOFS = CodeList(DATA / "proofs.csv")
STATES = CodeList(DATA / "states.csv")
WAITING = CodeList(DATA / "waiting.csv")
