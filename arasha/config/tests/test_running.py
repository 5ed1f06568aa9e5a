"""The supervisor's pieces: pauses, the door, children."""

import socket
import sys
from pathlib import Path

import pytest

from arasha.config.environment import ConfigurationError
from arasha.config.running import door
from arasha.config.running.children import Child, Pauses
from arasha.config.tests import launcher


def test_pauses_grow_to_half_a_minute_and_a_steady_time_forgives() -> None:
    pauses, moment, seen = Pauses(), 100.0, []
    for _ in range(8):
        pauses.note_start(moment)
        seen.append(pauses.note_fall(moment + 1))
        moment = pauses.due
    assert seen == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0]
    pauses.note_start(moment)
    assert pauses.note_fall(moment + 61) == 0.5


def test_a_child_that_falls_is_started_again_and_one_that_clings_is_ended_by_force(tmp_path: Path) -> None:
    clinging = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(99)"
    )
    log, told = tmp_path / "child.log", list[str]()
    child = Child("The child", [sys.executable, "-c", clinging], log, {}, patience=0.2)
    child.start(10.0)
    launcher.wait_until(lambda: log.read_text() == "up\n", "the child is up")
    assert child.process is not None
    first = child.process
    child.tend(11.0, told.append)
    assert child.process is first
    first.kill()
    first.wait()
    child.tend(12.0, told.append)
    assert told == [f"The child ended (-9) and starts again in 0.5 s; its log: {log}"]
    assert child.process is None
    child.tend(13.0, told.append)
    launcher.wait_until(lambda: log.read_text() == "up\nup\n", "the child is up again")
    pid = child.process.pid
    child.stop()
    assert not launcher.alive(pid)
    assert log.stat().st_mode & 0o777 == 0o600


def test_the_next_free_port_is_taken_on_loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ARASHA_PORT", raising=False)
    with door.listen() as first, door.listen() as second:
        assert first.getsockname()[0] == second.getsockname()[0] == "127.0.0.1"
        assert door.FIRST <= first.getsockname()[1] < second.getsockname()[1]
        monkeypatch.setenv("ARASHA_PORT", str(first.getsockname()[1]))
        with pytest.raises(ConfigurationError, match=r"ARASHA_PORT \d+ is taken"):
            door.listen()


def test_the_publics_port_is_the_next_free_one_after_the_staffs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ARASHA_PORT", raising=False)
    monkeypatch.delenv("ARASHA_PUBLIC_PORT", raising=False)
    with door.listen() as staff, door.listen_after(staff) as public, door.listen_after(staff) as another:
        assert public.getsockname()[0] == "127.0.0.1"
        assert staff.getsockname()[1] < public.getsockname()[1] < another.getsockname()[1]
        monkeypatch.setenv("ARASHA_PUBLIC_PORT", str(public.getsockname()[1]))
        with pytest.raises(ConfigurationError, match=r"ARASHA_PUBLIC_PORT \d+ is taken"):
            door.listen_after(staff)


def test_a_door_behind_which_nobody_answers_is_known() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert not door.answers(silent, patience=0.1)
