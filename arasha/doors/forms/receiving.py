"""A form with files, read as it comes: each file is handed on sealed, none is ever gathered in memory or on a disk.

Fields stand before files in our forms, so that what was told is there whatever becomes of a file. Django's own reading
would put files into a temporary folder in clear; on the public's pages it refuses them (`Refusing`).
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, Protocol
from uuid import UUID

from django.core.exceptions import SuspiciousOperation, TooManyFilesSent
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.db import DatabaseError
from django.http import HttpRequest, QueryDict
from django.http.multipartparser import MultiPartParser, MultiPartParserError

from arasha.doors.rules.parcels import (
    AT_ONCE,
    LONGEST_NAME,
    MOST_FILES,
    MOST_FILM,
    MOST_SECONDS,
    Attached,
    NoRoom,
    most_of,
)
from arasha.kernel.vault.rules import VaultError
from arasha.kernel.vault.rules.filetypes import HEAD_BYTES, received_type

CHUNK: Final = 1 << 16
# After an early answer so much more is read and thrown away: else a browser shows a broken connection, not the answer.
READ_ON_BYTES: Final = 64_000_000
READ_ON_SECONDS: Final = 20.0
MOST_BODY: Final = MOST_FILES * MOST_FILM + 2_000_000
_COMING: Final = threading.BoundedSemaphore(AT_ONCE)


class Taking(Protocol):
    """A file that is being taken in."""

    id: UUID

    def put(self, content: bytes) -> None:
        """Take more of it."""

    def end(self) -> None:
        """Take its end."""

    def drop(self) -> None:
        """Forget it."""


Begin = Callable[..., Taking]
Objection = Callable[[QueryDict, int], str]


@dataclass
class Arrived:
    """What came: the form's fields, the files that came whole, and why reading stopped, as a code.

    `problem` is empty, or `large`, `kind`, `empty`, `broken`, `slow`, `busy`, `room`, `failed` or what the view
    objects; `name` is the file that it is about.
    """

    fields: QueryDict
    files: list[Attached] = field(default_factory=list)
    problem: str = ""
    name: str = ""


class Refusing(FileUploadHandler):
    """Takes no file: for every page of the public but the two that take files by `receive`."""

    def new_file(self, *args: Any, **named: Any) -> None:
        """Refuse the whole form, as one that none of our pages sends."""
        raise TooManyFilesSent

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take nothing."""

    def file_complete(self, file_size: int) -> None:
        """Give nothing."""


class _Body:
    """A request's body, bounded in bytes and in time."""

    def __init__(self, request: HttpRequest) -> None:
        self._request, self._left, self._until = request, MOST_BODY, time.monotonic() + MOST_SECONDS

    def read(self, size: int = CHUNK) -> bytes:
        if time.monotonic() > self._until:
            raise _Stopped("slow")
        content: bytes = self._request.read(size)
        self._left -= len(content)
        if self._left < 0:
            raise _Stopped("large")
        return content

    def read_on(self) -> None:
        """Read what is left, within bounds, so that the answer reaches who sends."""
        until, left = time.monotonic() + READ_ON_SECONDS, READ_ON_BYTES
        try:
            while left > 0 and time.monotonic() < until and (content := self._request.read(CHUNK)):
                left -= len(content)
        except OSError:
            return


class _Stopped(Exception):
    """The form is not read further; the argument is the problem's code."""


class _Handler(FileUploadHandler):
    """Hands each file on as it comes."""

    chunk_size = CHUNK

    def __init__(self, begin: Begin, objection: Objection, arrived: Arrived) -> None:
        super().__init__()
        self._begin, self._objection, self._arrived = begin, objection, arrived
        self.fields: Callable[[], QueryDict] = QueryDict
        self._taking: Taking | None = None
        self._head, self._size, self._most, self._intimate = b"", 0, 0, False
        self._coming = False

    def new_file(self, *args: Any, **named: Any) -> None:
        """Begin a file; the tick stands before it in the form."""
        super().new_file(*args, **named)
        self._coming = True
        self._arrived.name, self._head, self._size = str(self.file_name or "")[-LONGEST_NAME:], b"", 0
        self._intimate = bool(self.fields().get("undressed"))
        if objection := self._objection(self.fields(), len(self._arrived.files)):
            self._stop(objection)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take what came; the first bytes tell the kind."""
        self._size += len(raw_data)
        if self._taking is not None:
            self._put(raw_data)
            return
        self._head += raw_data
        if len(self._head) >= HEAD_BYTES:
            self._known()

    def file_complete(self, file_size: int) -> None:
        """End a file. It is called only when its end was seen, never for one that was cut off."""
        self._coming = False
        if not self._size:
            self._stop("empty")
        if self._taking is None:
            self._known()
        taking, self._taking = self._taking, None
        if taking is not None:
            self._guarded(taking.end, taking)
            self._arrived.files.append(Attached(taking.id, self._arrived.name, self._size, self._intimate))

    def forget(self) -> bool:
        """Forget the file that did not come whole; say whether there was one."""
        taking, self._taking = self._taking, None
        _drop(taking)
        return self._coming

    def _known(self) -> None:
        kind = received_type(self._arrived.name, self._head[:HEAD_BYTES])
        if kind is None:
            self._stop("kind")
        else:
            self._most = most_of(kind.content_type)
            self._guarded(self._start)
            self._put(self._head)

    def _start(self) -> None:
        self._taking = self._begin(name=self._arrived.name, intimate=self._intimate)

    def _put(self, content: bytes) -> None:
        if self._size > self._most:
            self._stop("large")
        if self._taking is not None:
            self._guarded(partial(self._taking.put, content))

    def _guarded(self, work: Callable[[], None], ending: Taking | None = None) -> None:
        try:
            work()
        except NoRoom:
            _drop(ending)
            self._stop("room")
        except (DatabaseError, VaultError):
            _drop(ending)
            self._stop("failed")

    def _stop(self, why: str) -> None:
        self._arrived.problem = self._arrived.problem or why
        raise StopUpload(connection_reset=True)


def receive(request: HttpRequest, *, begin: Begin, objection: Objection) -> Arrived:
    """Read a form with files. `begin` takes a file's name and tick and returns what takes it in; `objection` the fields
    and how many files came already, and returns a problem's code or "".

    Never raises for what comes: the answer says what arrived and what did not. Only so many come in at once.
    """
    arrived, free = Arrived(QueryDict(mutable=True)), _COMING.acquire(blocking=False)
    body = _Body(request)
    handler = _Handler(begin, objection if free else _busy, arrived)
    try:
        parser = MultiPartParser(request.META, body, [handler], "utf-8")  # type: ignore[arg-type]  # it reads alone
        handler.fields = partial(getattr, parser, "_post", arrived.fields)
        try:
            parser.parse()
        except _Stopped as stopped:
            arrived.problem = arrived.problem or str(stopped)
        except (MultiPartParserError, SuspiciousOperation, OSError):
            arrived.problem = arrived.problem or "broken"
        arrived.fields = handler.fields()
    except MultiPartParserError:
        arrived.problem = "broken"
    finally:
        if free:
            _COMING.release()
    if handler.forget():
        arrived.problem = arrived.problem or "broken"
    if arrived.problem:
        body.read_on()
    return arrived


def _busy(fields: QueryDict, count: int) -> str:
    return "busy"


def _drop(taking: Taking | None) -> None:
    try:
        if taking is not None:
            taking.drop()
    except DatabaseError:
        return  # what is never sent is swept away
