"""Writes of the messages folder."""

from arasha.kernel.messages.actions.mail import post_mail, spread, spread_all
from arasha.kernel.messages.actions.notices import NewNotice, mark_all_read, mark_read, notify, notify_many
from arasha.kernel.messages.actions.timers import note_run

__all__ = [
    "NewNotice",
    "mark_all_read",
    "mark_read",
    "note_run",
    "notify",
    "notify_many",
    "post_mail",
    "spread",
    "spread_all",
]
