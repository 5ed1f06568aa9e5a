"""Clears up after a start that was killed: a stale pid file, or a server that outlived its parent."""

import contextlib
import os
import signal
import time
from pathlib import Path

from arasha.config.postgres.errors import AlreadyRunning
from arasha.config.postgres.place import Place


def clear(place: Place) -> None:
    """Stop a server that still runs on the data folder, and remove a pid file that names nobody.

    Called under the launcher's lock, so whatever runs there has lost its parent.
    Raises AlreadyRunning when it does not end.
    """
    file = place.data / "postmaster.pid"
    try:
        pid = int(file.read_text().splitlines()[0])
    except (FileNotFoundError, IndexError, ValueError):
        file.unlink(missing_ok=True)
        return
    for how, patience in ((signal.SIGINT, 20.0), (signal.SIGQUIT, 10.0)):
        if not _serves(pid, place.data):
            file.unlink(missing_ok=True)
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, how)
        _wait_for_end(pid, place.data, patience)
    if _serves(pid, place.data):
        raise AlreadyRunning(f"A PostgreSQL (process {pid}) still runs on {place.data} and does not end.")
    file.unlink(missing_ok=True)


def _serves(pid: int, data: Path) -> bool:
    """Say whether a process is a PostgreSQL server on this data folder (a number may be used again)."""
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (OSError, IndexError):
        return False
    return state != "Z" and os.path.basename(words[0]) in {b"postgres", b"postmaster"} and os.fsencode(data) in words


def _wait_for_end(pid: int, data: Path, patience: float) -> None:
    """Wait until the process has ended, at most `patience` seconds."""
    deadline = time.monotonic() + patience
    while _serves(pid, data) and time.monotonic() < deadline:
        time.sleep(0.05)
