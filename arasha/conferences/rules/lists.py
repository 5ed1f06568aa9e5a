"""The code lists of conferences. Kinds name their quorum and on what it rests; nobody has verified any of it."""

from pathlib import Path

from arasha.ui.rules import CodeList

DATA = Path(__file__).parents[1] / "data"

KINDS = CodeList(DATA / "kinds.csv")
REASONS = CodeList(DATA / "reasons.csv")
LEFT_OUT = CodeList(DATA / "left_out.csv")
STANDINGS = CodeList(DATA / "standings.csv")
ABSENCES = CodeList(DATA / "absences.csv")
VOICES = CodeList(DATA / "voices.csv")
NOT_ASKED = CodeList(DATA / "not_asked.csv")
HEARERS = CodeList(DATA / "hearers.csv")
VERDICTS = CodeList(DATA / "verdicts.csv")
CORRECTIONS = CodeList(DATA / "corrections.csv")
SITTING_STATES = CodeList(DATA / "sitting_states.csv")
ITEM_STATES = CodeList(DATA / "item_states.csv")

# What comes back by itself until a sitting has dealt with it.
RETURNING = frozenset(row.code for row in REASONS if row.more["returns"] == "yes")
# Why an item is put off at the table, besides the reasons for leaving it out beforehand.
PUT_OFF = tuple(row.code for row in LEFT_OUT)
