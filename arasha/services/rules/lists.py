"""The code lists of the directory. All are working lists, marked unverified where they have legal weight."""

from pathlib import Path

from arasha.ui.rules import CodeList

DATA = Path(__file__).parents[1] / "data"

KINDS = CodeList(DATA / "kinds.csv")
NEEDS = CodeList(DATA / "needs.csv")
CONDITIONS = CodeList(DATA / "conditions.csv")
LANGUAGES = CodeList(DATA / "languages.csv")
LEVELS = CodeList(DATA / "levels.csv")
OWNERSHIPS = CodeList(DATA / "ownerships.csv")
SEXES = CodeList(DATA / "sexes.csv")
KNOWN = CodeList(DATA / "known.csv")
COSTS = CodeList(DATA / "costs.csv")
STANDINGS = CodeList(DATA / "standings.csv")
FINDINGS = CodeList(DATA / "findings.csv")
FAULTS = CodeList(DATA / "faults.csv")
ACTS = CodeList(DATA / "acts.csv")
REFUSALS = CodeList(DATA / "refusals.csv")
RINGS = CodeList(DATA / "rings.csv")
KNOWN_NUMBERS = CodeList(DATA / "known_numbers.csv")
COLUMNS = CodeList(DATA / "exchange_columns.csv")
TABLE_FAULTS = CodeList(DATA / "exchange_faults.csv")
LOAD_STATES = CodeList(DATA / "load_states.csv")
WEEKDAYS = CodeList(DATA / "weekdays.csv")

# What an emergency may lift: paper and ways, never what keeps children safe or another law asks for.
LIFTABLE = tuple(row.code for row in CONDITIONS if row.more["lifted"] == "yes")


def is_protected(kind: str) -> bool:
    """Say whether nobody may find where providers of this kind are. Raises UnknownCode."""
    return KINDS[kind].more["protected"] == "yes"
