"""A sealed stream comes back whole, or says that it was touched; the scanner hears every byte; the child is bare."""

import io
import os
import socket
import struct
import threading
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from arasha.kernel.vault import imaging
from arasha.kernel.vault.rules import DataKey, Place, Scope, SealBroken
from arasha.kernel.vault.rules.chunks import CHUNK, open_stream, seal_stream
from arasha.kernel.vault.tests.test_files import PDF, keep, refusal

KEY = DataKey(bytes(range(32)))


def clamd(path: Path, answer: bytes, received: list[bytes]) -> threading.Thread:
    """Serve one INSTREAM conversation on a socket, as clamd does."""
    server = socket.socket(socket.AF_UNIX)
    server.bind(str(path))
    server.listen(1)

    def talk() -> None:
        with server, server.accept()[0] as client, client.makefile("rb") as reader:
            assert reader.read(10) == b"zINSTREAM\0"
            while length := struct.unpack(">I", reader.read(4))[0]:
                received.append(reader.read(length))
            client.sendall(answer)

    thread = threading.Thread(target=talk)
    thread.start()
    return thread


@pytest.mark.parametrize(
    ("answer", "result"),
    [
        (b"stream: OK\0", "clean"),
        (b"stream: Eicar FOUND\0", "infected"),
        (b"INSTREAM size limit\0", "scanner"),
        (b"", "scanner"),
    ],
)
def test_the_scanner_has_the_last_word(
    keeper: None, scope: Scope, settings: Settings, answer: bytes, result: str
) -> None:
    received: list[bytes] = []
    where = settings.ARASHA_KEYS / "clamd"
    settings.ARASHA_CLAMD = str(where)
    thread = clamd(where, answer, received)
    if result == "clean":
        assert keep(PDF, "a.pdf", scope).scanned == "clean"
    else:
        assert refusal(PDF, "a.pdf", scope) == result
    thread.join(10)
    assert b"".join(received) == PDF


def test_a_scanner_that_is_configured_and_absent_refuses(
    keeper: None, vault: Path, scope: Scope, settings: Settings
) -> None:
    settings.ARASHA_CLAMD = str(vault / "nobody")
    assert refusal(PDF, "a.pdf", scope) == "scanner"


pieces = st.lists(st.binary(max_size=3 * CHUNK // 2), max_size=4)


@given(pieces)
def test_a_stream_in_any_pieces_comes_back(parts: list[bytes]) -> None:
    place = Place(Scope("dossier", uuid4(), "narrative"), "t", "c", 1)
    sealed = io.BytesIO(b"".join(seal_stream(KEY, parts, place)))
    assert b"".join(open_stream(KEY, sealed.read, place)) == b"".join(parts)


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK])
def test_a_stream_cut_prolonged_or_shuffled_is_noticed(size: int) -> None:
    place = Place(Scope("dossier", uuid4(), "narrative"), "t", "c", 1)
    start, *chunks = seal_stream(KEY, [os.urandom(size)], place)
    spoiled = [chunks[:-1], [*chunks, chunks[-1]], [*chunks[:-1], chunks[-1][:-1]], [*chunks, b"x"]]
    if len(chunks) > 1:
        spoiled.append([chunks[1], chunks[0], *chunks[2:]])
    for some in spoiled:
        with pytest.raises(SealBroken):
            list(open_stream(KEY, io.BytesIO(start + b"".join(some)).read, place))


PRISONER = """
import errno, os, socket, sys
sys.argv = ["child", "image", "image/png"]
sys.path.insert(0, {folder!r})
import child
child.give_up_rights()
for attempt in (lambda: open("/etc/passwd"), lambda: socket.socket(), os.fork):
    try:
        attempt()
    except OSError as problem:
        print(errno.errorcode[problem.errno])
print(os.geteuid() != 0, len(os.environ))
"""


def test_the_child_can_open_nothing_and_is_not_root(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    script = tmp_path / "prisoner.py"
    script.write_text(PRISONER.format(folder=str(imaging.CHILD.parent)))
    monkeypatch.setattr(imaging, "CHILD", script)
    monkeypatch.setenv("ARASHA_SECRET_CANARY", "x")
    said = imaging.redraw(b"", "image/png").decode().split()
    assert said[:2] == ["EMFILE", "EMFILE"]
    assert said[-2] == "True"
    assert int(said[-1]) <= 1  # Python itself adds LC_CTYPE
