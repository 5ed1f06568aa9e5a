"""What ties somebody to a body in which they hold no post."""

from datetime import date, timedelta
from pathlib import Path

from arasha.ui.rules import CodeList

TIES = CodeList(Path(__file__).parents[1] / "data" / "tie_kinds.csv")


class TieNeverWas(ValueError):
    """A tie whose last day lies before its first."""


def last_day(until: date | None) -> date | None:
    """Return the last day of a tie whose end is kept as the day after it."""
    return until - timedelta(days=1) if until else None
