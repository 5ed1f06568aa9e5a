"""What people do with signals: tell, take, close, and open the child's case."""

from arasha.signals.actions.deciding import (
    CannotBecome,
    SignalNotFound,
    bar_person,
    close_signal,
    open_case_from,
    take_signal,
)
from arasha.signals.actions.reporting import NobodyCoordinates, report_signal
from arasha.signals.rules import Report

__all__ = [
    "CannotBecome",
    "NobodyCoordinates",
    "Report",
    "SignalNotFound",
    "bar_person",
    "close_signal",
    "open_case_from",
    "report_signal",
    "take_signal",
]
