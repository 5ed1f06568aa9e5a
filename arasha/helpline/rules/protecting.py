"""Shares of a helpline's figures: exact for the helpline itself, protected for everybody else.

The database holds small numbers back (`migrations/sql/0007_figures.sql`): outside of the unit a count below ten is not
told (nought neither: that nobody told is also something about a small place), every other count is rounded to five,
and lengths are reckoned from no fewer than ten. A share that is told is made of the told counts, so it says no more
than they do; where the rest would be small, it is not told.
"""

from typing import Final

LEAST: Final = 10


def share(part: int | None, whole: int | None, *, inside: bool) -> int | None:
    """Return whole per cent; None where there is nothing to reckon from, or too little to tell."""
    if not whole or part is None:
        return None
    if not inside and (part < LEAST or 0 < whole - part < LEAST):
        return None
    return min(100, round(part * 100 / whole))
