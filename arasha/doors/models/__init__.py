"""The letters of the public, their mailboxes, and what is said over them."""

from arasha.doors.models.mailbox import Letter, Mailbox, Watch
from arasha.doors.models.parcels import Parcel, ParcelPiece
from arasha.doors.models.talk import Addition, Answer

__all__ = [
    "Addition",
    "Answer",
    "Letter",
    "Mailbox",
    "Parcel",
    "ParcelPiece",
    "Watch",
]
