"""What the launcher's tests share: folders that PostgreSQL's account can reach, and a cluster to copy."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from arasha.config.postgres.place import Place
from arasha.config.postgres.server import Server

QUICK = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "16MB"}
MEMORY = Path("/dev/shm")  # noqa: S108
NOBODY = 65534


@contextmanager
def state_folder(owner: int | None = None) -> Iterator[Path]:
    """Give a state folder outside pytest's own (0700) folders, which another account could not reach."""
    roomy = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 2**31
    folder = Path(tempfile.mkdtemp(prefix="arasha-test-", dir=MEMORY if roomy else None))
    folder.chmod(0o755)
    if owner is not None:
        os.chown(folder, owner, owner)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def copy(place: Place, folder: Path) -> Place:
    """Copy a stopped cluster with owners and modes."""
    subprocess.run(["/bin/cp", "-a", f"{place.state}/.", str(folder)], check=True)  # noqa: S603
    return Place(folder)


def server(place: Place) -> Server:
    """Return a server that is quick rather than durable."""
    return Server(place, QUICK)


@contextmanager
def started(place: Place) -> Iterator[Server]:
    """Start a server and stop it at the end."""
    one = server(place)
    one.start()
    try:
        yield one
    finally:
        one.stop()


def wait_until(true: Callable[[], bool], what: str, patience: float = 60.0) -> None:
    """Wait until something is true; fails with its name."""
    deadline = time.monotonic() + patience
    while not true():
        assert time.monotonic() < deadline, f"not within {patience} s: {what}"
        time.sleep(0.03)


def postmaster(place: Place) -> int:
    """Return the server's process number as its pid file says, 0 without one."""
    try:
        return int((place.data / "postmaster.pid").read_text().splitlines()[0])
    except (FileNotFoundError, IndexError):
        return 0


def alive(pid: int) -> bool:
    """Say whether a process lives (a zombie does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def in_child(code: str, place: Place, **arguments: object) -> "subprocess.Popen[str]":
    """Run Python code in a process of its own; `place` and `server` are known to it."""
    opening = (
        "import os, sys, time\nfrom pathlib import Path\n"
        "from arasha.config.postgres.place import Place\nfrom arasha.config.tests.launcher import server\n"
        f"place = Place(Path({str(place.state)!r}))\n"
    )
    return subprocess.Popen(  # type: ignore[call-overload, no-any-return]  # noqa: S603
        [sys.executable, "-c", opening + code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **arguments,
    )


def as_nobody(act: Callable[[], None]) -> None:
    """Run a function in a forked child as an ordinary user; fails with the child's error. Only root can."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
            act()
            os._exit(0)
        except BaseException as error:
            os.write(writing, repr(error).encode())
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as told:
        words = told.read().decode()
    _, status = os.waitpid(child, 0)
    assert status == 0, words
