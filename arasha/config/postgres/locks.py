"""A lock that ends with the process that holds it, and says who holds it."""

import contextlib
import fcntl
import os
from pathlib import Path


class Lock:
    """An exclusive lock on a file; the file stays, its text tells who holds the lock."""

    def __init__(self, path: Path):
        self.path = path
        self._descriptor: int | None = None

    def take(self, note: str = "") -> bool:
        """Take the lock and leave a note; False when another process holds it."""
        self.path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        self.note(note or f"process {os.getpid()}")
        return True

    def note(self, text: str) -> None:
        """Replace the note while holding the lock; on a full disk it stays empty."""
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            with contextlib.suppress(OSError):
                os.pwrite(self._descriptor, text.encode(), 0)

    def holder(self) -> str:
        """Return the note of whoever holds the lock, or held it last."""
        try:
            return self.path.read_text() or "another process"
        except OSError:
            return "another process"

    def release(self) -> None:
        """Let go; the note goes with it."""
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            os.close(self._descriptor)
            self._descriptor = None
