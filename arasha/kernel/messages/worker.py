"""The background worker: two processes under one supervisor, so that a full mail queue never starves a timer.

Tasks stand in each folder's `tasks.py` and are found by procrastinate itself (docs/kernel.md, "Jobs").
"""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Any, Final, cast

from asgiref.sync import sync_to_async
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from arasha.kernel.messages import actions

log = logging.getLogger(__name__)

# Queue → jobs at once. The two sweepers of the timers' worker keep a slow seal from delaying a sweep.
QUEUES: Final = {"timers": 4, "ordinary": 2}
RESTART_AFTER: Final = 1.0
RESTART_AT_MOST: Final = 30.0
STEADY_AFTER: Final = 60.0
LEAVE_WITHIN: Final = 20.0


def beat(call_next: Callable[[], Any], context: Any, worker: Any) -> Any:
    """Run a task; when it is a timer and went well, note that it ran (readiness looks at that)."""
    result = call_next()
    if context.job.queue == "timers":
        actions.note_run(timer=context.job.task_name)
    return result


async def beat_async(call_next: Callable[[], Awaitable[Any]], context: Any, worker: Any) -> Any:
    """The same for a task written as a coroutine."""
    result = await call_next()
    if context.job.queue == "timers":
        await sync_to_async(actions.note_run)(timer=context.job.task_name)
    return result


def run_queue(queue: str, *, wait: bool = True) -> None:
    """Run one queue's jobs in this process until a signal ends it (or, without `wait`, until none is left)."""
    options: dict[str, Any] = {
        "queues": [queue],
        "name": queue,
        "concurrency": QUEUES[queue],
        "wait": wait,
        "listen_notify": wait,
        "delete_jobs": "successful",
        "shutdown_graceful_timeout": LEAVE_WITHIN / 2,
        "task_middleware": [*app.worker_defaults.get("task_middleware", []), beat, beat_async],
    }
    connector = cast(DjangoConnector, app.connector).get_worker_connector()
    with app.replace_connector(connector) as worker_app:
        worker_app.run_worker(**options)


@dataclass
class Child:
    """One supervised process and how often it fell."""

    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    falls: int = 0
    restart_at: float = field(default=0.0)

    def tend(self, moment: float) -> None:
        """Start the process when it is down and its pause is over; note a fall."""
        if self.process is not None:
            code = self.process.poll()
            if code is None:
                return
            release(self.process)
            self.falls = 0 if moment - self.started > STEADY_AFTER else self.falls + 1
            self.restart_at = moment + min(RESTART_AFTER * 2**self.falls, RESTART_AT_MOST)
            log.warning("worker %s ended and is started again", self.command[-1], extra={"exit_code": code})
            self.process = None
        if moment >= self.restart_at:
            # A pipe as standard input: when the supervisor is killed it closes, and the child leaves by itself.
            self.process = subprocess.Popen(self.command, stdin=subprocess.PIPE)  # noqa: S603 our own command
            self.started = moment


def release(process: subprocess.Popen[bytes]) -> None:
    """Close our end of an ended process's standard input."""
    if process.stdin is not None:
        process.stdin.close()


class Supervisor:
    """Keeps one process per queue alive until it is told to stop."""

    def __init__(self, commands: Sequence[Sequence[str]]) -> None:
        self.children = [Child(command) for command in commands]
        self.stopping = threading.Event()

    def run(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Tend the children until stopped; then ask them to leave and wait, at most `LEAVE_WITHIN` seconds."""
        try:
            while not self.stopping.is_set():
                for child in self.children:
                    child.tend(clock())
                self.stopping.wait(0.5)
        finally:
            self.end()

    def stop(self, number: int = 0, frame: FrameType | None = None) -> None:
        """Ask `run` to end; usable as a signal handler."""
        self.stopping.set()

    def end(self) -> None:
        """End the children: politely, then by force."""
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()
        until = time.monotonic() + LEAVE_WITHIN
        for process in running:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            release(process)


def supervise() -> None:
    """Run a worker process for every queue until SIGTERM or SIGINT."""
    supervisor = Supervisor([(sys.executable, "-m", "arasha", "work", "--queue", queue) for queue in QUEUES])
    signal.signal(signal.SIGTERM, supervisor.stop)
    signal.signal(signal.SIGINT, supervisor.stop)
    supervisor.run()


def leave_with_parent() -> None:
    """End this process when the supervisor that started it is gone (its end of our standard input closes)."""

    def watch() -> None:
        while os.read(0, 1):  # not sys.stdin: its lock would hang the interpreter's end
            pass
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, daemon=True, name="leave-with-parent").start()
