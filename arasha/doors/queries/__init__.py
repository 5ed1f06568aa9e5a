"""Every read of the doors that others may use."""

from arasha.doors.queries.boxes import Mailbox, NoMailbox, Watch, mailbox, raw, watch
from arasha.doors.queries.found import HEARD, heard
from arasha.doors.queries.tellers import (
    Said,
    Talk,
    Waiting,
    eldest_letter,
    files_waiting,
    link,
    place_of,
    talk_of,
    waiting_tellers,
)

__all__ = [
    "HEARD",
    "Mailbox",
    "NoMailbox",
    "Said",
    "Talk",
    "Waiting",
    "Watch",
    "eldest_letter",
    "files_waiting",
    "heard",
    "link",
    "mailbox",
    "place_of",
    "raw",
    "talk_of",
    "waiting_tellers",
    "watch",
]
