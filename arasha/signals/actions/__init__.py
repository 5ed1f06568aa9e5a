"""What people do with signals: tell, take, close, and open the child's case."""

from arasha.signals.actions.deciding import (
    CannotBecome,
    NeverCloses,
    SignalNotFound,
    bar_person,
    close_signal,
    open_case_from,
    take_signal,
)
from arasha.signals.actions.hindering import FileNotThere, NotPolice, refuse_reconciliation, tell_hindrance
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
from arasha.signals.actions.second_reading import ReadingNotThere, decide_second_reading, review_responses
from arasha.signals.actions.staying import NobodyNamed, end_company, name_company, ring_due, watch_over
from arasha.signals.rules import Report, Worry

__all__ = [
    "AlreadyRead",
    "AlreadyTold",
    "CannotBecome",
    "FileNotThere",
    "Given",
    "NeverCloses",
    "Night",
    "NobodyCoordinates",
    "NobodyNamed",
    "NotPolice",
    "NoticedNotThere",
    "ReadingNotThere",
    "Report",
    "Reported",
    "SignalNotFound",
    "Worry",
    "bar_person",
    "close_signal",
    "decide_second_reading",
    "dismiss_noticed",
    "end_company",
    "join_signal",
    "leave_signal",
    "name_company",
    "notice",
    "open_case_from",
    "refuse_reconciliation",
    "report_signal",
    "report_with_receipt",
    "review_responses",
    "ring_due",
    "signal_from_noticed",
    "take_signal",
    "tell_hindrance",
    "watch_over",
]
