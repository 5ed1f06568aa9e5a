"""Every write of certificates: issuing, asking to withdraw, deciding that, taking the list along."""

from arasha.prevention.actions.exporting import record_export
from arasha.prevention.actions.issuing import EntryTaken, Issued, TicketUsed, issue
from arasha.prevention.actions.withdrawing import AlreadyAsked, SecondPersonNeeded, ask_withdrawal, decide_withdrawal

__all__ = [
    "AlreadyAsked",
    "EntryTaken",
    "Issued",
    "SecondPersonNeeded",
    "TicketUsed",
    "ask_withdrawal",
    "decide_withdrawal",
    "issue",
    "record_export",
]
