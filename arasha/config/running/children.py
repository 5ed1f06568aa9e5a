"""A child process that is kept alive: started again when it ends, later each time, and stopped in order."""

import contextlib
import os
import signal
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from arasha.config.postgres.parentage import end_with_parent

STEADY_AFTER = 60.0  # seconds up, after which earlier falls are forgotten
LONGEST_PAUSE = 30.0
LOG_LIMIT = 16 * 2**20  # bytes


@dataclass
class Pauses:
    """How long to wait before the next start: half a second, then twice as long each time, up to 30 s."""

    falls: int = 0
    started: float = 0.0
    due: float = 0.0

    def note_start(self, moment: float) -> None:
        """Note when the process started."""
        self.started = moment

    def note_fall(self, moment: float) -> float:
        """Note that it fell; returns after how many seconds it starts again."""
        self.falls = 1 if moment - self.started > STEADY_AFTER else self.falls + 1
        pause = float(min(LONGEST_PAUSE, 0.5 * 2 ** (self.falls - 1)))
        self.due = moment + pause
        return pause


@dataclass
class Child:
    """One process of the installation."""

    name: str
    command: Sequence[str]
    log: Path
    environment: Mapping[str, str]
    descriptors: Sequence[int] = ()
    patience: float = 15.0  # seconds to end in order
    process: subprocess.Popen[bytes] | None = None
    pauses: Pauses = field(default_factory=Pauses)

    def start(self, moment: float) -> None:
        """Start it in a session of its own, so that Ctrl-C reaches only the supervisor, who stops all in order."""
        parent = os.getpid()
        with open_log(self.log) as log:
            self.process = subprocess.Popen(  # noqa: S603
                list(self.command),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=dict(self.environment),
                pass_fds=self.descriptors,
                start_new_session=True,
                preexec_fn=lambda: end_with_parent(parent),  # noqa: PLW1509  no other thread runs here
            )
        self.pauses.note_start(moment)

    def tend(self, moment: float, say: Callable[[str], None]) -> None:
        """Note a fall, and start again when the pause is over."""
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return
            self.process = None
            pause = self.pauses.note_fall(moment)
            say(f"{self.name} ended ({code}) and starts again in {pause:g} s; its log: {self.log}")
        if moment >= self.pauses.due:
            self.start(moment)

    def stop(self) -> None:
        """Stop it in order, by force when it does not end."""
        if self.process is None:
            return
        for how, patience in ((signal.SIGTERM, self.patience), (signal.SIGKILL, 5.0)):
            if self.process.poll() is not None:
                break
            self.process.send_signal(how)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(patience)
        self.process = None


@contextlib.contextmanager
def open_log(path: Path) -> Iterator[int]:
    """Open a log for appending, 0600; a long one begins anew. Gives the descriptor."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    long = path.exists() and path.stat().st_size > LOG_LIMIT
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | (os.O_TRUNC if long else 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
