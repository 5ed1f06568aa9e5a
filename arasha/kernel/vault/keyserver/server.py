"""The key server: wraps and unwraps for the users it was told of, within a budget."""

import base64
import json
import os
import socket
import socketserver
import struct
import threading
import time
from collections import deque
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from arasha.kernel.vault.keyserver.client import LONGEST_LINE
from arasha.kernel.vault.keystore.ring import FolderRing
from arasha.kernel.vault.rules import DataKey, Scope, VaultError

CREDENTIALS: Final = struct.Struct("3i")
MINUTE: Final = 60.0


class Budget:
    """At most so many keys a minute, whoever asks."""

    def __init__(self, a_minute: int, clock: Callable[[], float] = time.monotonic) -> None:
        """Take the number and a clock in seconds, so that tests may move it."""
        self._most, self._clock, self._lock = a_minute, clock, threading.Lock()
        self._given: deque[float] = deque()

    def take(self) -> bool:
        """Count one key; False when this minute's are spent."""
        with self._lock:
            now = self._clock()
            while self._given and self._given[0] <= now - MINUTE:
                self._given.popleft()
            if len(self._given) >= self._most:
                return False
            self._given.append(now)
            return True


class KeyServer(socketserver.ThreadingUnixStreamServer):
    """Listens on a UNIX socket; who may speak is decided by the kernel's word on the caller's user."""

    daemon_threads = True

    def __init__(self, path: Path, ring: FolderRing, users: Collection[int], budget: Budget) -> None:
        """Bind the socket: for ourselves only, or, when there are other users, for all and checked by caller."""
        self.ring, self.users, self.budget = ring, frozenset(users), budget
        path.unlink(missing_ok=True)
        before = os.umask(0o177)
        try:
            super().__init__(str(path), Conversation)
        finally:
            os.umask(before)
        if self.users - {os.geteuid()}:
            path.chmod(0o666)

    def answer(self, request: dict[str, Any]) -> dict[str, object]:
        """Do one request; what the ring raises is answered by name, anything else as unclear."""
        try:
            return self._do(request)
        except VaultError as problem:
            return {"problem": type(problem).__name__, "text": str(problem)}
        except (KeyError, TypeError, ValueError):
            return {"problem": "unclear", "text": "the key server did not understand"}

    def _do(self, request: dict[str, Any]) -> dict[str, object]:
        if request["do"] == "current":
            return {"version": self.ring.current()}
        scope = Scope(request["kind"], UUID(request["scope"]), request["facet"])
        if scope.ring != self.ring.name:
            raise ValueError("another ring's scope")
        if request["do"] == "wrap":
            version, wrapped = self.ring.wrap(DataKey(base64.b64decode(request["key"])), scope)
            return {"version": version, "wrapped": base64.b64encode(wrapped).decode()}
        if request["do"] != "unwrap":
            raise ValueError("unknown request")
        if not self.budget.take():
            return {"problem": "budget", "text": "the key server's budget for this minute is spent"}
        key = self.ring.unwrap(int(request["version"]), base64.b64decode(request["wrapped"]), scope)
        return {"key": base64.b64encode(key.raw).decode()}


class Conversation(socketserver.StreamRequestHandler):
    """One connection."""

    server: KeyServer

    def handle(self) -> None:
        """Answer line by line until the caller hangs up; strangers get nothing."""
        caller = self.connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, CREDENTIALS.size)
        _process, user, _group = CREDENTIALS.unpack(caller)
        if user not in self.server.users:
            return
        while line := self.rfile.readline(LONGEST_LINE):
            try:
                request = json.loads(line)
            except ValueError:
                return
            self.wfile.write(json.dumps(self.server.answer(request)).encode() + b"\n")


def serve(path: Path, ring: FolderRing, users: Collection[int], a_minute: int) -> None:
    """Serve until the process is ended."""
    with KeyServer(path, ring, users, Budget(a_minute)) as server:
        server.serve_forever()
