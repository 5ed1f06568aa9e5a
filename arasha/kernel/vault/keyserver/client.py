"""The application's side: a ring that asks the key server."""

import base64
import contextlib
import json
import os
import socket
import threading
from pathlib import Path
from typing import Any, Final

from arasha.kernel.vault.rules import DataKey, RingKeyMissing, Scope, StoreUnavailable, WrongRingKey

SECONDS: Final = 5.0
LONGEST_LINE: Final = 4096
PROBLEMS: Final = {"RingKeyMissing": RingKeyMissing, "WrongRingKey": WrongRingKey}


class SocketRing:
    """A ring behind a UNIX socket; one connection a thread, made once more when it was lost."""

    def __init__(self, path: Path) -> None:
        """Take the socket's path; nothing is opened before it is needed."""
        self.path = path
        self._local = threading.local()

    def current(self) -> int:
        """Return the newest version; StoreUnavailable when the server does not answer."""
        return int(self._ask({"do": "current"})["version"])

    def wrap(self, key: DataKey, scope: Scope) -> tuple[int, bytes]:
        """Return the version used and the wrapped key; RingKeyMissing or StoreUnavailable."""
        answer = self._ask({"do": "wrap", "key": _text(key.raw), **_scope(scope)})
        return int(answer["version"]), base64.b64decode(answer["wrapped"])

    def unwrap(self, version: int, wrapped: bytes, scope: Scope) -> DataKey:
        """Return the data key; RingKeyMissing, WrongRingKey or StoreUnavailable (the budget is spent, too)."""
        answer = self._ask({"do": "unwrap", "version": version, "wrapped": _text(wrapped), **_scope(scope)})
        return DataKey(base64.b64decode(answer["key"]))

    def close(self) -> None:
        """Hang up; the next question connects again."""
        held = getattr(self._local, "held", None)
        if held is not None:
            held.close()
        self._local.held = None

    def _ask(self, request: dict[str, object]) -> dict[str, Any]:
        line = json.dumps(request).encode() + b"\n"
        for attempt in (1, 2):
            try:
                answer = self._exchange(line)
                break
            except (OSError, ValueError):
                self.close()
                if attempt == 2:
                    raise StoreUnavailable("the key server does not answer") from None
        if "problem" in answer:
            raise PROBLEMS.get(answer["problem"], StoreUnavailable)(answer["text"])
        return answer

    def _exchange(self, line: bytes) -> dict[str, Any]:
        held = getattr(self._local, "held", None)
        if held is None or held.process != os.getpid():
            held = self._local.held = Line(self.path)
        held.file.write(line)
        held.file.flush()
        answer = json.loads(held.file.readline(LONGEST_LINE))
        if not isinstance(answer, dict):
            raise ValueError("not an answer")
        return answer


class Line:
    """One connection; closed with its thread."""

    def __init__(self, path: Path) -> None:
        """Connect; OSError when nobody listens."""
        self.process = os.getpid()
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            self.socket.settimeout(SECONDS)
            self.socket.connect(str(path))
        except OSError:
            self.socket.close()
            raise
        self.file = self.socket.makefile("rwb")

    def close(self) -> None:
        """Hang up."""
        with contextlib.suppress(OSError):
            self.file.close()
        self.socket.close()

    def __del__(self) -> None:
        if hasattr(self, "file"):
            self.close()


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _scope(scope: Scope) -> dict[str, str]:
    return {"kind": scope.kind, "scope": str(scope.key), "facet": scope.facet}
