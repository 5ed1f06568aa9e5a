"""Looks into files that strangers made, in a child process that has nothing to lose.

The child gets the bytes and nothing else: no environment, no open file, no network, a bound of memory and time.
"""

import subprocess
import sys
from pathlib import Path
from typing import Final

from arasha.kernel.vault.rules import FileRefused

CHILD: Final = Path(__file__).with_name("child.py")
SECONDS: Final = 60
REFUSED: Final = 3
CODES: Final = frozenset({"bomb", "damaged", "long", "macros", "type"})


def redraw(content: bytes, content_type: str) -> bytes:
    """Return the picture drawn anew, upright, without any metadata; FileRefused `bomb` or `damaged`."""
    return _child("image", content, content_type)


def rasterise(content: bytes) -> bytes:
    """Return a PDF of pictures of its pages; FileRefused `long` (more than 60 pages), `bomb` or `damaged`."""
    return _child("pages", content, "application/pdf")


def look_into(content: bytes, content_type: str) -> None:
    """Refuse an office document that is none (`type`), holds macros (`macros`) or swells (`bomb`), or `damaged`."""
    _child("container", content, content_type)


def _child(task: str, content: bytes, content_type: str) -> bytes:
    # -I: the child sees neither our environment's Python settings nor the current folder's modules.
    command = [sys.executable, "-I", str(CHILD), task, content_type]
    try:
        done = subprocess.run(  # noqa: S603 our own interpreter and file, no shell
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise FileRefused("bomb") from None
    if done.returncode == REFUSED:
        code = done.stdout.decode("ascii", "replace")
        raise FileRefused(code if code in CODES else "damaged")
    if done.returncode:
        raise FileRefused("bomb" if done.returncode < 0 else "damaged")
    return done.stdout
