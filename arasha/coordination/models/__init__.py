"""Counters beside what is counted; how long people type; silences; the closings of cases."""

from arasha.coordination.models.closing import Closing, ClosingWords
from arasha.coordination.models.counters import Delta, Sight, Sighting, Tally, Week
from arasha.coordination.models.silence import IdleVerb, Silence, SilenceLimit, SilenceRule, Watch, WatchMark
from arasha.coordination.models.typing import Typing

__all__ = [
    "Closing",
    "ClosingWords",
    "Delta",
    "IdleVerb",
    "Sight",
    "Sighting",
    "Silence",
    "SilenceLimit",
    "SilenceRule",
    "Tally",
    "Typing",
    "Watch",
    "WatchMark",
    "Week",
]
