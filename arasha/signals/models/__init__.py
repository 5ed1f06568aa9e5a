"""Signals, and what rules noticed before anybody made a signal of it."""

from arasha.signals.models.noticed import Noticed, NoticedFact
from arasha.signals.models.signals import Receipt, Signal, SignalInjury, SignalReporter, SignalText

__all__ = [
    "Noticed",
    "NoticedFact",
    "Receipt",
    "Signal",
    "SignalInjury",
    "SignalReporter",
    "SignalText",
]
