"""Counters beside what is counted; how long people type; the closings of cases."""

from arasha.coordination.models.closing import Closing, ClosingWords
from arasha.coordination.models.counters import Delta, Sight, Sighting, Tally, Week
from arasha.coordination.models.typing import Typing

__all__ = ["Closing", "ClosingWords", "Delta", "Sight", "Sighting", "Tally", "Typing", "Week"]
