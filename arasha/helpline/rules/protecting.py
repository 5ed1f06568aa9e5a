"""Small numbers in the helpline's figures: exact for the helpline itself, protected for everybody else.

Outside of the unit a count below ten is not told (nought neither: that nobody told is also something about a small
place), every other count is rounded to five, and shares and waits are reckoned from no fewer than ten. A difference of
two figures, of two months or of two regions, is then never known to less than the numbers that are held back.
"""

from dataclasses import dataclass
from typing import Final

LEAST: Final = 10
STEP: Final = 5


@dataclass(frozen=True, slots=True)
class Count:
    """A count as it may be told; None: fewer than ten."""

    value: int | None

    @property
    def is_few(self) -> bool:
        """Say whether the number is held back."""
        return self.value is None


FEW: Final = Count(None)


def count(number: int, *, inside: bool) -> Count:
    """Return a count as the reader may know it."""
    if inside:
        return Count(number)
    return FEW if number < LEAST else Count(rounded(number))


def share(part: int, whole: int, *, inside: bool) -> int | None:
    """Return whole per cent; None where there is nothing to reckon from, or too little to tell.

    Outside it is reckoned from the told counts, so that it says no more than they do.
    """
    if inside:
        return round(part * 100 / whole) if whole else None
    if part < LEAST or whole < LEAST or 0 < whole - part < LEAST:
        return None
    return min(100, round(rounded(part) * 100 / rounded(whole)))


def seconds(value: float | None, behind: int, *, inside: bool) -> int | None:
    """Return a length in seconds, reckoned from so many contacts."""
    if value is None or (not inside and behind < LEAST):
        return None
    return round(value) if inside else rounded(round(value))


def rounded(number: int) -> int:
    """Return the nearest multiple of five."""
    return (number + STEP // 2) // STEP * STEP
