"""One survey's file."""

import fcntl
import os
import secrets
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

MARK: Final = b"ARSURV1\n"
HEAD: Final = struct.Struct(">8sHH")
RECORD: Final = 113
FREE, FILLED = b"\x00", b"\x01"
ENDING: Final = ".envelopes"
# 1 January 2000: the same for every file, at every moment.
NO_TIME: Final = 946_684_800_000_000_000


class EnvelopesLost(Exception):
    """A survey's file is not there, or is not one."""


class NoRoom(Exception):
    """Every record of the file holds an envelope."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The sealed private half of a survey's key, and the letters that were handed in, in no order."""

    key: bytes
    letters: list[bytes]


def create(survey: UUID, *, key: bytes, records: int) -> None:
    """Make a survey's file at its full length; what stood there of an opening that was broken off goes."""
    folder = settings.ARASHA_SURVEYS
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = _path(survey)
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(HEAD.pack(MARK, records, len(key)) + key)
        file.write(b"".join(_empty() for _record in range(records)))
        file.flush()
        _settle(file.fileno())


def put(survey: UUID, letter: bytes) -> int:
    """Write a letter to a random free record and return its place. Raises EnvelopesLost, NoRoom."""
    if len(letter) != RECORD or letter[:1] != FILLED:
        raise ValueError("an envelope is a letter of one size")
    with _held(survey) as (file, start, records):
        free = [place for place in range(records) if os.pread(file, 1, start + place * RECORD) == FREE]
        if not free:
            raise NoRoom
        place = secrets.choice(free)
        # The first byte last: a record that was written in part is a free one.
        os.pwrite(file, letter[1:], start + place * RECORD + 1)
        os.fsync(file)
        os.pwrite(file, FILLED, start + place * RECORD)
        _settle(file)
        return place


def take_back(survey: UUID, place: int) -> None:
    """Free a record whose slip was not used after all. Raises EnvelopesLost."""
    with _held(survey) as (file, start, _records):
        os.pwrite(file, _empty(), start + place * RECORD)
        _settle(file)


def contents(survey: UUID) -> Contents:
    """Return what lies in a survey's file. Raises EnvelopesLost."""
    with _held(survey) as (file, start, records):
        key = os.pread(file, start - HEAD.size, HEAD.size)
        found = [os.pread(file, RECORD, start + place * RECORD) for place in range(records)]
    letters = [record for record in found if record[:1] == FILLED]
    secrets.SystemRandom().shuffle(letters)
    return Contents(key, letters)


def destroy(survey: UUID) -> None:
    """Overwrite a survey's file and take it away; nothing happens where there is none."""
    try:
        with _opened(survey) as file:
            os.pwrite(file, secrets.token_bytes(os.fstat(file).st_size), 0)
            os.fsync(file)
    except EnvelopesLost:
        return
    _path(survey).unlink(missing_ok=True)


def surveys() -> list[UUID]:
    """Return the surveys that have a file."""
    folder = settings.ARASHA_SURVEYS
    return [UUID(path.stem) for path in folder.glob(f"*{ENDING}")] if folder.is_dir() else []


@contextmanager
def _opened(survey: UUID) -> Iterator[int]:
    """Open a survey's file for one process at a time."""
    try:
        file = os.open(_path(survey), os.O_RDWR | os.O_NOFOLLOW)
    except OSError:
        raise EnvelopesLost from None
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
    finally:
        os.close(file)


@contextmanager
def _held(survey: UUID) -> Iterator[tuple[int, int, int]]:
    """Open a survey's file; give it with where its records begin and how many they are."""
    with _opened(survey) as file:
        head = os.pread(file, HEAD.size, 0)
        if len(head) != HEAD.size:
            raise EnvelopesLost
        mark, records, length = HEAD.unpack(head)
        start = HEAD.size + length
        if mark != MARK or os.fstat(file).st_size != start + records * RECORD:
            raise EnvelopesLost
        yield file, start, records


def _settle(file: int) -> None:
    """Let what was written survive a power cut, and the file's times say nothing."""
    os.utime(file, ns=(NO_TIME, NO_TIME))
    os.fsync(file)


def _empty() -> bytes:
    return FREE + secrets.token_bytes(RECORD - 1)


def _path(survey: UUID) -> Path:
    folder: Path = settings.ARASHA_SURVEYS
    return folder / f"{survey}{ENDING}"
