"""What is kept of case conferences."""

from arasha.conferences.models.decided import Decision, Dissent, Minutes
from arasha.conferences.models.heard import Voice, VoiceWords
from arasha.conferences.models.sitting import Item, Seat, Secretary, Sitting, Wish

__all__ = [
    "Decision",
    "Dissent",
    "Item",
    "Minutes",
    "Seat",
    "Secretary",
    "Sitting",
    "Voice",
    "VoiceWords",
    "Wish",
]
