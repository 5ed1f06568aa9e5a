"""A clamd on a socket: it speaks INSTREAM, and calls harmful what holds the test pattern that all scanners know."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from arasha.evidence.tests.hostile import EICAR


@contextmanager
def clamd(folder: Path) -> Iterator[str]:
    """Serve until the end of the block; yields the socket's path."""
    path = folder / "clamd"
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()
        thread = threading.Thread(target=_serve, args=[listening], daemon=True)
        thread.start()
        yield str(path)
        listening.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def _serve(listening: socket.socket) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        with connection, connection.makefile("rb") as stream:
            if stream.read(10) != b"zINSTREAM\0":
                return
            content = b""
            while (length := struct.unpack(">I", stream.read(4))[0]) > 0:
                content += stream.read(length)
            answer = b"stream: Eicar-Test-Signature FOUND" if EICAR in content else b"stream: OK"
            connection.sendall(answer + b"\0")
