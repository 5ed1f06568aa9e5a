"""Debriefs: after which contacts one is owed, and by when."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Final

from arasha.helpline.rules.codes import DATA
from arasha.ui.rules import CodeList

REASONS: Final = CodeList(DATA / "debriefs.csv")
DEBRIEF_STATES: Final = CodeList(DATA / "debrief_states.csv")
PERIODS: Final = CodeList(DATA / "periods.csv")
SUICIDE: Final = frozenset({"suicide", "self_harm"})
LONGEST_WORDS: Final = 4000


def heavy_for(*, danger: str, reasons: Collection[str], violence: Collection[str]) -> str:
    """Return why a contact was heavy, or nothing; `violence` are the codes of that group of reasons."""
    said = set(reasons)
    if said & SUICIDE:
        return "suicide"
    if danger == "not_safe":
        return "danger"
    return "violence" if said & set(violence) else ""


def due_at(reason: str, now: datetime) -> datetime:
    """Return by when a debrief is owed. Raises UnknownCode."""
    return now + timedelta(hours=int(REASONS[reason].more["hours"]))


def period(code: str) -> timedelta:
    """Return how long something is kept. Raises UnknownCode."""
    return timedelta(days=int(PERIODS[code].more["days"]))
