"""Half-years: what is told is told once for each, so that no two results differ by one child."""

from datetime import date, timedelta
from typing import Final

# A child who was asked on the last day of a half-year may still answer so long.
GRACE: Final = timedelta(days=31)


def current(day: date) -> str:
    """Return the half-year of a day: "2026-1" for January to June."""
    return f"{day.year}-{1 if day.month <= 6 else 2}"


def open_periods(day: date) -> list[str]:
    """Return the half-years in which somebody may still answer."""
    return sorted({current(day), current(day - GRACE)})


def title(period: str) -> tuple[int, int]:
    """Return year and half (1 or 2) of a period, for words."""
    year, half = period.split("-")
    return int(year), int(half)
