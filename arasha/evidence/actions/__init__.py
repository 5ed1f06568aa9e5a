"""Every write about received files."""

from arasha.evidence.actions.handing import ask_investigator, hand_over, mark_intimate
from arasha.evidence.actions.keeping import keep_evidence
from arasha.evidence.actions.opening import Opened, note_printed, open_original, take_copy, view_copy

__all__ = [
    "Opened",
    "ask_investigator",
    "hand_over",
    "keep_evidence",
    "mark_intimate",
    "note_printed",
    "open_original",
    "take_copy",
    "view_copy",
]
