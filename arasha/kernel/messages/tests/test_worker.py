"""The supervisor keeps its processes alive and leaves none behind."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from procrastinate.contrib.django import app

from arasha.kernel.messages import worker
from arasha.kernel.messages.worker import RESTART_AT_MOST, Child, Supervisor

SLEEP = (sys.executable, "-c", "import time; time.sleep(60)")
FALL = (sys.executable, "-c", "raise SystemExit(3)")
LEAVE_WITH_PARENT = (
    "import django; django.setup(); import time; from arasha.kernel.messages.worker import leave_with_parent;"
    " leave_with_parent(); print('there', flush=True); time.sleep(60)"
)


def finish(child: Child) -> None:
    assert child.process is not None
    child.process.wait(10)


def test_a_fallen_process_is_started_again_after_a_growing_pause() -> None:
    child, pauses, moment = Child(FALL), [], 0.0
    for _ in range(8):
        child.tend(moment)
        finish(child)
        child.tend(moment)
        pauses.append(child.restart_at - moment)
        assert child.process is None
        moment = child.restart_at
    assert pauses == sorted(pauses)
    assert pauses[0] < pauses[1]
    assert pauses[-1] == RESTART_AT_MOST


def test_a_process_that_ran_steadily_is_started_again_at_once() -> None:
    child = Child(FALL, falls=7)
    child.tend(0.0)
    finish(child)
    child.tend(1000.0)
    assert child.restart_at - 1000.0 == 1.0


def test_a_killed_process_is_replaced_and_stopping_leaves_none() -> None:
    supervisor = Supervisor([SLEEP])
    thread = threading.Thread(target=supervisor.run)
    thread.start()
    first = _wait_for(lambda: supervisor.children[0].process)
    first.kill()
    second = _wait_for(lambda: (p := supervisor.children[0].process) is not first and p)
    supervisor.stop()
    thread.join(10)
    assert second.poll() is not None
    assert not thread.is_alive()


def test_a_process_leaves_when_its_supervisor_is_killed() -> None:
    child = subprocess.Popen(  # noqa: S603 our own command
        [sys.executable, "-c", LEAVE_WITH_PARENT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "arasha.config.settings"},
        cwd=Path(worker.__file__).parents[3],
    )
    assert child.stdin is not None
    assert child.stdout is not None
    assert child.stdout.readline() == b"there\n"
    with pytest.raises(subprocess.TimeoutExpired):
        child.wait(0.5)
    child.stdin.close()  # what the kernel does when the supervisor dies
    assert child.wait(20) == -signal.SIGTERM
    child.stdout.close()


def test_every_task_stands_in_a_queue_that_a_worker_serves() -> None:
    ours = {name: task for name, task in app.tasks.items() if not name.startswith(("builtin:", "procrastinate."))}
    assert {"reap", "clear_queue"} <= set(ours)
    assert {task.queue for task in ours.values()} <= set(worker.QUEUES)


def test_every_timer_waits_at_most_once_in_the_queue() -> None:
    assert [task.name for task in app.tasks.values() if task.queue == "timers" and not task.queueing_lock] == []


def _wait_for(condition: Callable[[], Any]) -> Any:
    until = time.monotonic() + 15
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.05)
    raise AssertionError("it did not happen within 15 s")
