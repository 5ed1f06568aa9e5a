"""Contacts of a helpline, what was said in them, who was called back, and the list of reasons."""

from arasha.helpline.models.channels import Chat, SmsLine, SmsSending
from arasha.helpline.models.contact import Contact, Message, PassOn
from arasha.helpline.models.desk import CallBack, Draft, Presence, Reason

__all__ = [
    "CallBack",
    "Chat",
    "Contact",
    "Draft",
    "Message",
    "PassOn",
    "Presence",
    "Reason",
    "SmsLine",
    "SmsSending",
]
