"""What the steps stand on: the checkout, running programs, installing a system package where that is allowed."""

import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
SILENT = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}


class CannotContinue(Exception):
    """Something is missing that can't be made here; the message says what and how to get it."""


def run(command: Sequence[object], what: str, folder: Path = ROOT) -> None:
    """Run a program quietly; raises CannotContinue with its last lines when it fails."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(words, cwd=folder, env=SILENT, capture_output=True, text=True, check=False)  # noqa: S603
    except OSError as error:
        raise CannotContinue(f"{what} failed: {error}") from error
    if done.returncode:
        last = "\n".join((done.stdout + done.stderr).strip().splitlines()[-15:])
        raise CannotContinue(f"{what} failed:\n{last}")


def say(text: str) -> None:
    """Print at once."""
    print(text, flush=True)


def install_package(name: str, why: str) -> None:
    """Install a Debian or Ubuntu package as root; raises CannotContinue where that is not allowed."""
    apt = shutil.which("apt-get")
    if os.geteuid() != 0 or apt is None:
        raise CannotContinue(f"{why} Install the package `{name}` (apt-get install {name}) and call make again.")
    say(f"{why} Installing the package {name} …")
    try:
        run([apt, "install", "-y", "--no-install-recommends", name], f"apt-get install {name}")
    except CannotContinue:  # the lists may be missing or old on a fresh machine
        run([apt, "update"], "apt-get update")
        run([apt, "install", "-y", "--no-install-recommends", name], f"apt-get install {name}")


def digest(paths: Iterable[Path], *words: str) -> str:
    """Return a digest over files and words."""
    total = hashlib.sha256("\0".join(words).encode())
    for path in sorted(paths):
        total.update(f"{path.relative_to(ROOT)}\0".encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def stamped(stamp: Path, value: str) -> bool:
    """Say whether a step was done for this very input."""
    try:
        return stamp.read_text() == value
    except OSError:
        return False
