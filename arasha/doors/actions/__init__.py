"""Every write of the doors: by the public's process, by the worker that opens letters, by who answers."""

from arasha.doors.actions.answering import CannotBeAnswered, NothingWritten, answer_teller
from arasha.doors.actions.opening import open_letters
from arasha.doors.actions.posting import change_code, forget, post_telling, write_again
from arasha.doors.actions.ringing import ring_for_tellers

__all__ = [
    "CannotBeAnswered",
    "NothingWritten",
    "answer_teller",
    "change_code",
    "forget",
    "open_letters",
    "post_telling",
    "ring_for_tellers",
    "write_again",
]
