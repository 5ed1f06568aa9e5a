"""Typst in a child process that has nothing to lose: no environment, no open file, no network, bounded time and memory.

Hostile text stays text: it comes as data and is never spliced into a source. What it could still do is to make the
typesetter slow or large, and that ends the child alone.
"""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from threading import BoundedSemaphore
from typing import Final

from arasha.kernel.documents.rules import MOST_PDF, SECONDS, DocumentFailed

CHILD: Final = Path(__file__).with_name("child.py")
FONTS: Final = Path(__file__).parents[1] / "fonts"
FAILED: Final = 3
# Each child takes a core and some hundred megabytes: a web process makes two documents at once, others wait.
PLACES: Final = BoundedSemaphore(2)


def typeset(source: str, given: str, now: datetime) -> bytes:
    """Return the PDF of a Typst source, to which `given` (JSON) is the only input. Raises DocumentFailed."""
    if not any(FONTS.glob("*.ttf")):
        raise DocumentFailed("fonts")
    order = {"fonts": str(FONTS), "source": source, "given": given, "at": int(now.timestamp())}
    if not PLACES.acquire(timeout=SECONDS):
        raise DocumentFailed("busy")
    try:
        done = _run(json.dumps(order).encode())
    finally:
        PLACES.release()
    if done.returncode == FAILED:
        raise DocumentFailed("template", done.stdout.decode("utf-8", "replace"))
    if done.returncode:
        raise DocumentFailed("slow" if done.returncode < 0 else "template")
    if len(done.stdout) > MOST_PDF:
        raise DocumentFailed("large")
    return done.stdout


def _run(order: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        # -I: the child sees neither our environment's Python settings nor the current folder's modules.
        return subprocess.run(  # noqa: S603 our own interpreter and file, no shell
            [sys.executable, "-I", str(CHILD)],
            input=order,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd="/",
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise DocumentFailed("slow") from None
