"""Every write of certificates: issuing, asking to withdraw, deciding that."""

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
]
