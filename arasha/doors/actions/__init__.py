"""Every write of the doors: by the public's process, by the worker that opens letters, by who answers."""

from arasha.doors.actions.answering import CannotBeAnswered, NothingWritten, answer_teller
from arasha.doors.actions.chatting import Heard, attend, chat_told, open_chats, put_sitting
from arasha.doors.actions.opening import add_to_file, open_letters
from arasha.doors.actions.parcels import Parcel, begin_parcel, drop_parcel, send_parcels
from arasha.doors.actions.posting import change_code, forget, post_chat, post_telling, write_again
from arasha.doors.actions.ringing import ring_for_tellers
from arasha.doors.actions.unpacking import open_parcel, sweep_parcels

__all__ = [
    "CannotBeAnswered",
    "Heard",
    "NothingWritten",
    "Parcel",
    "add_to_file",
    "answer_teller",
    "attend",
    "begin_parcel",
    "change_code",
    "chat_told",
    "drop_parcel",
    "forget",
    "open_chats",
    "open_letters",
    "open_parcel",
    "post_chat",
    "post_telling",
    "put_sitting",
    "ring_for_tellers",
    "send_parcels",
    "sweep_parcels",
    "write_again",
]
