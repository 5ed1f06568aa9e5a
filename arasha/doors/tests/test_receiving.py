"""A form with files as it comes over the network: too long, cut off, with a length that lies, too many at once."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from typing import cast as typed
from uuid import uuid4

import pytest
from django.core.handlers.wsgi import LimitedStream
from django.test import RequestFactory

from arasha.doors.forms import receiving
from arasha.doors.tests.boxes import Storage
from arasha.doors.tests.test_files import CANARY, WORDS, sent, waiting
from arasha.doors.tests.walking import at_files
from arasha.doors.views import uploading
from arasha.evidence.tests import hostile
from tests.database import as_role

pytestmark = pytest.mark.urls("arasha.doors.tests.urls")


class Body:
    """A body as it comes over the network: `head`, then zeros without end, then nothing after `most` bytes."""

    def __init__(self, head: bytes, most: int) -> None:
        self.head, self.left, self.given = head, most, 0

    def readline(self, size: int = -1) -> bytes:
        raise AssertionError("nobody reads a form's files line by line")

    def read(self, size: int = -1) -> bytes:
        size = min(size if size >= 0 else 65_536, self.left)
        content, self.head = self.head[:size], self.head[size:]
        content += bytes(max(0, size - len(content)))
        self.left -= len(content)
        self.given += len(content)
        return content


def posted(state: str, first: bytes, declared: int, most: int, name: str = "film.mp4") -> tuple[Any, Body]:
    """Send a form whose file never ends, with a length that may lie."""
    mark = uuid4().hex
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="state"\r\n\r\n{state}\r\n'.encode(),
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode(),
    ]
    body = Body(b"".join(parts) + first, most)
    request = RequestFactory().generic("POST", "/f/?language=en", b"-", f"multipart/form-data; boundary={mark}")
    vars(request)["_stream"] = LimitedStream(typed(io.BytesIO, body), declared)  # as the server's requests have it
    request.META["CONTENT_LENGTH"] = str(declared)
    with as_role("arasha_public"):
        return uploading.telling_files(request), body


def test_four_gigabytes_end_early_with_a_page_that_keeps_what_was_told(storage: Storage) -> None:
    phone = at_files(words=WORDS, language="en")
    answer, body = posted(phone.state, hostile.film(CANARY), 4_000_000_000, 4_000_000_000)
    assert answer.status_code == 413
    assert body.given < 130_000_000
    assert waiting() == 0
    phone.page = answer.content.decode()
    assert WORDS in phone.presses("on").page


@pytest.mark.parametrize("most", [150_000, 5_000])
def test_a_file_that_was_cut_off_is_none(storage: Storage, most: int) -> None:
    """The length said more than came, as when a telephone loses its network."""
    phone = at_files(words=WORDS, language="en")
    answer, _body = posted(phone.state, hostile.film(CANARY), 900_000, most)
    assert (answer.status_code, waiting()) == (422, 0)
    assert "толық жетпеді" in answer.content.decode()


def test_a_length_that_says_too_little_is_no_whole_file(storage: Storage) -> None:
    phone = at_files(words=WORDS, language="en")
    answer, _body = posted(phone.state, hostile.film(CANARY), len(phone.state) + 3000, 900_000)
    assert (answer.status_code, waiting()) == (422, 0)


def test_only_so_many_come_in_at_once(storage: Storage) -> None:
    phone = at_files(words=WORDS, language="en")
    with held():
        phone = phone.uploads(sent(hostile.photo(CANARY)))
    assert phone.status == 503
    assert waiting() == 0
    assert phone.uploads(sent(hostile.photo(CANARY))).status == 200


@contextmanager
def held() -> Iterator[None]:
    """Hold all the places that there are."""
    places = 0
    while receiving._COMING.acquire(blocking=False):
        places += 1
    yield
    for _ in range(places):
        receiving._COMING.release()
