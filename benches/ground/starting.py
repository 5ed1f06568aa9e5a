"""How long the second start of an installation takes, from the command to the address that it prints."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benches.figures import Figure
from benches.place import ROOT, Bench, folder

READY = "Arasha is at"


def figures(_bench: Bench) -> Iterator[Figure]:
    """Start an installation of the benches' own twice and time the second start."""
    state = folder() / "start"
    first = started(state)
    second = started(state)
    yield Figure("second start", second, 10, "s", note=f"the start before took {first:.1f} s")


def started(state: Path) -> float:
    """Start, wait for the address, stop in order; returns the seconds until the address was printed."""
    hidden = {"ARASHA_DATABASE_URL", "ARASHA_OWNER_DATABASE_URL", "ARASHA_KEYS", "ARASHA_SECRET_KEY", "ARASHA_STATE"}
    environment = {name: value for name, value in os.environ.items() if name not in hidden}
    environment |= {"ARASHA_STATE": str(state), "ARASHA_PORT": str(free_port()), "PYTHONUNBUFFERED": "1"}
    environment["ARASHA_DEMONSTRATION"] = "district"
    began = time.perf_counter()
    running = subprocess.Popen(
        [sys.executable, "-m", "arasha", "run"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        for line in running.stdout or ():
            if READY in line:
                return time.perf_counter() - began
    finally:
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=60)
    raise RuntimeError("the installation did not start")


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
