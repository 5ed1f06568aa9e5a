"""Starts the database, prepares it, starts the web servers and the worker, and keeps them until a signal comes."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from arasha.config import environment
from arasha.config.postgres.errors import AlreadyRunning, LauncherError
from arasha.config.postgres.locks import Lock
from arasha.config.postgres.place import Place
from arasha.config.postgres.server import Server
from arasha.config.running import door, public
from arasha.config.running.children import Child, Pauses

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
ARASHA = (sys.executable, "-m", "arasha")
BEAT = 0.25  # seconds between two looks at the children
PUBLIC_PATIENCE = 60.0  # seconds: the staff's pages do not wait for ever for those of the public


class PreparationFailed(Exception):
    """`arasha prepare` ended with an error, which it has printed."""


class Supervisor:
    """One run of an installation."""

    def __init__(self, state: Path, keys: Path, say: Callable[[str], None]) -> None:
        self.state = state
        self.keys = keys
        self.say = say
        self.address = ""
        self.everybody = ""
        self.database: Server | None = None
        self.children: list[Child] = []
        self._pauses = Pauses()
        self._lock = Lock(state / "run.lock")

    def run(self) -> None:
        """Run until SIGINT, SIGTERM or SIGHUP, then stop everything in order.

        Raises AlreadyRunning, LauncherError, ConfigurationError, PreparationFailed.
        """
        if not self._lock.take(f"process {os.getpid()} is starting"):
            raise AlreadyRunning(f"Arasha runs already: {self._lock.holder()}. Nothing was started.")
        for number in SIGNALS:
            signal.signal(number, _end)
        try:
            self._start()
            while True:
                time.sleep(BEAT)
                self._tend(time.monotonic())
        except KeyboardInterrupt:
            self.say("Stopping …")
        finally:
            self._stop()

    def _start(self) -> None:
        if not environment.brings_database():
            self.database = Server(Place(self.state))
            self._start_database(self.database)
        self._prepare()
        with door.listen() as listening, door.listen_after(listening) as everybody:
            self.address = address = door.address(listening)
            self.everybody = door.address(everybody)
            self._start_web(listening)
            served = public.is_possible() and self._start_public(everybody)
            while not door.answers(listening, patience=2.0):
                self._tend(time.monotonic())
            self._start_child(
                Child("The worker", [*ARASHA, "work"], self._log("work"), self._environment(), patience=25.0)
            )
            self._lock.note(f"{address} (process {os.getpid()})")
            self._greet(address, self._await_public(everybody) if served else public.IMPOSSIBLE)

    def _start_database(self, database: Server) -> None:
        began = time.monotonic()
        database.start()
        self._pauses.note_start(time.monotonic())
        self.say(f"PostgreSQL runs in {database.place.folder} ({time.monotonic() - began:.1f} s)")

    def _prepare(self) -> None:
        if subprocess.run([*ARASHA, "prepare"], env=self._environment(), check=False).returncode:  # noqa: S603
            raise PreparationFailed("The installation could not be prepared; see above.")

    def _environment(self) -> dict[str, str]:
        """Return the children's variables; links in letters begin with the address, unless another one is set."""
        own = {"ARASHA_STATE": str(self.state), "ARASHA_KEYS": str(self.keys)}
        known = {"ARASHA_ADDRESS": self.address, "ARASHA_PUBLIC_ADDRESS": self.everybody}
        return {**{name: value for name, value in known.items() if value}, **os.environ, **own}

    def _start_web(self, listening: socket.socket) -> None:
        descriptor = door.duplicate(listening)
        command = [sys.executable, "-m", "gunicorn", "-c", "python:arasha.config.serving", "-b", f"fd://{descriptor}"]
        self._start_child(Child("The web server", command, self._log("web"), self._environment(), [descriptor]))

    def _start_public(self, listening: socket.socket) -> bool:
        descriptor = door.duplicate(listening)
        variables = public.variables({"ARASHA_PUBLIC_ADDRESS": self.everybody, **os.environ}, self.state)
        command = [*public.COMMAND, "-b", f"fd://{descriptor}"]
        self._start_child(Child("The public pages", command, self._log("public"), variables, [descriptor]))
        return True

    def _await_public(self, listening: socket.socket) -> str:
        """Return what to say of the public's pages, once they answer, or have not for long."""
        deadline = time.monotonic() + PUBLIC_PATIENCE
        while not door.answers(listening, patience=2.0):
            self._tend(time.monotonic())
            if time.monotonic() > deadline:
                return f"The public pages do not answer yet; their log: {self._log('public')}"
        return f"Anybody tells at {door.address(listening)}"

    def _start_child(self, child: Child) -> None:
        self.children.append(child)
        child.start(time.monotonic())

    def _log(self, name: str) -> Path:
        return self.state / "logs" / f"{name}.log"

    def _greet(self, address: str, everybody: str) -> None:
        accounts = self.state / "accounts.txt"
        if accounts.is_file():
            self.say(f"\n{accounts.read_text().rstrip()}")
        self.say(f"\nArasha is at {address}   (logs: {self.state / 'logs'}; Ctrl-C stops it)\n{everybody}")

    def _tend(self, moment: float) -> None:
        """Start again whatever has fallen."""
        if self.database is not None and not self.database.running() and moment >= self._pauses.due:
            self._revive(self.database, moment)
        for child in self.children:
            child.tend(moment, self.say)

    def _revive(self, database: Server, moment: float) -> None:
        """Start the database again; when that fails, say why and try again later."""
        pause = self._pauses.note_fall(moment)
        self.say("PostgreSQL ended and is started again.")
        database.stop()
        try:
            self._start_database(database)
        except LauncherError as error:
            self.say(f"{error}\nThe next try is in {pause:g} s.")

    def _stop(self) -> None:
        """Stop the worker first, both web servers next, the database last."""
        for number in SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        for child in reversed(self.children):
            child.stop()
        if self.database is not None:
            self.database.stop()
        self._lock.release()


def _end(_number: int, _frame: FrameType | None) -> None:
    """End the run; further signals do not disturb the stopping."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
