"""Where sealed envelopes lie until their survey is closed: ARASHA_SURVEYS, one file a survey, outside the database.

A database, its log and its backups keep order and time of whatever is written; a file of one length does not. It is
made at its full length, filled with random bytes: mark · how many records · length of the sealed key · the private half
of the survey's key, sealed by the vault · records. A record is a letter of the vault, 113 bytes that begin with 1, or
0 and random bytes. A letter goes to a random free record. The file's times are set back after each. No backup takes
the folder along.
"""

from arasha.surveys.envelopes.file import (
    Contents,
    EnvelopesLost,
    NoRoom,
    contents,
    create,
    destroy,
    put,
    surveys,
    take_back,
)

__all__ = [
    "Contents",
    "EnvelopesLost",
    "NoRoom",
    "contents",
    "create",
    "destroy",
    "put",
    "surveys",
    "take_back",
]
