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
from arasha.signals.actions.noticing import Night, notice
from arasha.signals.actions.reading import (
    AlreadyRead,
    NoticedNotThere,
    dismiss_noticed,
    signal_from_noticed,
)
from arasha.signals.actions.receipts import Given
from arasha.signals.actions.reporting import (
    AlreadyTold,
    NobodyCoordinates,
    Reported,
    report_signal,
    report_with_receipt,
)
from arasha.signals.rules import Report, Worry

__all__ = [
    "AlreadyRead",
    "AlreadyTold",
    "CannotBecome",
    "Given",
    "Night",
    "NobodyCoordinates",
    "NoticedNotThere",
    "Report",
    "Reported",
    "SignalNotFound",
    "Worry",
    "bar_person",
    "close_signal",
    "dismiss_noticed",
    "join_signal",
    "leave_signal",
    "notice",
    "open_case_from",
    "report_signal",
    "report_with_receipt",
    "signal_from_noticed",
    "take_signal",
]
