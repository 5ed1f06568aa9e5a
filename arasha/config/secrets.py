"""Random secrets of one installation, each in a file that only its account reads."""

import os
import secrets
from pathlib import Path


def read(path: Path) -> str:
    """Return a secret, or "" when there is none."""
    try:
        return path.read_text()
    except (FileNotFoundError, PermissionError):
        return ""


def make(path: Path) -> str:
    """Return a secret; one of 512 random bits is made when there is none (folder 0700, file 0600)."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        half = path.with_name(f".{path.name}.{os.getpid()}")
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
            file.flush()
            os.fsync(descriptor)
        half.rename(path)
    return path.read_text()
