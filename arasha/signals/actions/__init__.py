"""What people do with signals: tell, take, close, and open the child's case."""

from arasha.signals.actions.deciding import (
    CannotBecome,
    SignalNotFound,
    bar_person,
    close_signal,
    open_case_from,
    take_signal,
)
from arasha.signals.actions.joining import join_signal, leave_signal
from arasha.signals.actions.receipts import Given
from arasha.signals.actions.reporting import (
    AlreadyTold,
    NobodyCoordinates,
    Reported,
    report_signal,
    report_with_receipt,
)
from arasha.signals.rules import Report

__all__ = [
    "AlreadyTold",
    "CannotBecome",
    "Given",
    "NobodyCoordinates",
    "Report",
    "Reported",
    "SignalNotFound",
    "bar_person",
    "close_signal",
    "join_signal",
    "leave_signal",
    "open_case_from",
    "report_signal",
    "report_with_receipt",
    "take_signal",
]
