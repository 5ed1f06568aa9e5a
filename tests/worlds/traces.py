"""Where words could have been left behind: logs, the server's log, folders."""

import io
import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from arasha.config.logs import NamelessFormatter
from tests.cluster import Cluster

CHUNK = 1 << 24


class Logs:
    """Everything that was logged, as the installation writes it."""

    def __init__(self) -> None:
        """Take a stream for lines."""
        self.stream = io.StringIO()

    def text(self) -> str:
        """Return the lines so far."""
        return self.stream.getvalue()


@contextmanager
def captured_logs() -> Iterator[Logs]:
    """Keep what every logger says, down to DEBUG, in the installation's own form."""
    logs = Logs()
    handler = logging.StreamHandler(logs.stream)
    handler.setFormatter(NamelessFormatter())
    loggers = [logging.getLogger(), logging.getLogger("django"), logging.getLogger("arasha")]
    levels = [logger.level for logger in loggers]
    loggers[0].addHandler(handler)
    for logger in loggers:
        logger.setLevel(logging.DEBUG)
    try:
        yield logs
    finally:
        loggers[0].removeHandler(handler)
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


@contextmanager
def server_log(cluster: Cluster) -> Iterator[Callable[[], str]]:
    """Give a function that reads what PostgreSQL has logged since."""
    log = cluster.place.log
    start = log.stat().st_size if log.exists() else 0

    def since() -> str:
        if not log.exists():
            return ""
        with log.open("rb") as file:
            file.seek(start)
            return file.read().decode(errors="replace")

    yield since


def files_with(folder: Path, words: bytes) -> list[Path]:
    """Return the files below a folder in whose bytes the words stand."""
    # Not rglob: another test may drop its database, and with it a folder, while this one walks.
    below = (Path(here, name) for here, _, names in os.walk(folder) for name in names)
    return sorted(path for path in below if path.is_file() and not path.is_symlink() and _has(path, words))


def _has(path: Path, words: bytes) -> bool:
    rest = b""
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                if words in rest + chunk:
                    return True
                rest = chunk[-len(words) :]
    except FileNotFoundError:  # the server removes a file when it needs it no longer
        return False
    return False
