"""Signals, and what rules noticed before anybody made a signal of it."""

from arasha.signals.models.noticed import Noticed, NoticedFact
from arasha.signals.models.signals import Receipt, Signal, SignalInjury, SignalReporter, SignalText
from arasha.signals.models.ways import Company, Hindrance, ResponseReview, Watch

__all__ = [
    "Company",
    "Hindrance",
    "Noticed",
    "NoticedFact",
    "Receipt",
    "ResponseReview",
    "Signal",
    "SignalInjury",
    "SignalReporter",
    "SignalText",
    "Watch",
]
