"""Asks ClamAV about a file while it streams by."""

import socket
import struct
from typing import Protocol, Self

from arasha.kernel.vault.models import ScannedCode
from arasha.kernel.vault.rules import FileRefused

SECONDS = 60.0
PIECE = 1 << 16


class Scanner(Protocol):
    """Is fed the file piece by piece and gives a verdict at its end."""

    def feed(self, piece: bytes) -> None:
        """Take one piece."""

    def verdict(self) -> str:
        """Return the code to keep with the file; FileRefused `infected` or `scanner`."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *problem: object) -> None: ...


class NoScanner:
    """No scanner is configured, and the file says so for ever."""

    def feed(self, piece: bytes) -> None:
        """Take one piece."""

    def verdict(self) -> str:
        """Return that nobody looked."""
        return ScannedCode.NOT_CONFIGURED

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *problem: object) -> None:
        return None


class Clamd:
    """A clamd at a UNIX socket's path or host:port (its INSTREAM command). Configured but silent means refused."""

    def __init__(self, where: str) -> None:
        """Take the address; nothing is opened yet."""
        self.where = where
        self._socket: socket.socket | None = None

    def __enter__(self) -> Self:
        """Connect; FileRefused `scanner` when nobody answers."""
        try:
            if self.where.startswith("/"):
                self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
                self._socket.settimeout(SECONDS)
                self._socket.connect(self.where)
            else:
                host, _, port = self.where.rpartition(":")
                self._socket = socket.create_connection((host, int(port)), SECONDS)
            self._socket.sendall(b"zINSTREAM\0")
        except (OSError, ValueError):
            self.__exit__()
            raise FileRefused("scanner") from None
        return self

    def __exit__(self, *problem: object) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def feed(self, piece: bytes) -> None:
        """Send one piece on; FileRefused `scanner` when clamd hung up."""
        for start in range(0, len(piece), PIECE):
            part = piece[start : start + PIECE]
            self._send(struct.pack(">I", len(part)) + part)

    def verdict(self) -> str:
        """Return that the file is clean; FileRefused `infected`, or `scanner` for anything but a clear answer."""
        self._send(struct.pack(">I", 0))
        answer = b""
        try:
            while self._socket is not None and not answer.endswith(b"\0") and len(answer) < 1000:
                more = self._socket.recv(1000)
                if not more:
                    break
                answer += more
        except OSError:
            answer = b""
        answer = answer.rstrip(b"\0").strip()
        if answer.endswith(b"FOUND"):
            raise FileRefused("infected")
        if answer != b"stream: OK":
            raise FileRefused("scanner")
        return ScannedCode.CLEAN

    def _send(self, content: bytes) -> None:
        try:
            if self._socket is None:
                raise OSError
            self._socket.sendall(content)
        except OSError:
            raise FileRefused("scanner") from None
