"""Writes of the messages folder."""

from arasha.kernel.messages.actions.mail import post_mail, spread
from arasha.kernel.messages.actions.notices import mark_all_read, mark_read, notify
from arasha.kernel.messages.actions.timers import note_run

__all__ = ["mark_all_read", "mark_read", "note_run", "notify", "post_mail", "spread"]
