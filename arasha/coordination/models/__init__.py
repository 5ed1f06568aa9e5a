"""Counters beside what is counted; the closings of cases."""

from arasha.coordination.models.closing import Closing, ClosingWords
from arasha.coordination.models.counters import Delta, Sight, Sighting, Tally, Week

__all__ = ["Closing", "ClosingWords", "Delta", "Sight", "Sighting", "Tally", "Week"]
