"""The environment `.venv`: made with uv from the hash-pinned lock, again only when the lock has changed."""

import shutil
import subprocess
import sys
from pathlib import Path

from ground import ROOT, VENV, CannotContinue, digest, install_package, run, say, stamped

OLDEST = (3, 11)
STAMP = VENV / ".arasha-stamp"
HERE = Path(__file__).resolve().parent


def _python() -> str:
    """Return a Python that is new enough: this one, or a named one beside it."""
    if sys.version_info >= OLDEST:
        return sys.executable
    for minor in range(14, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found:
            return found
    raise CannotContinue(f"Arasha needs Python 3.11 or newer; this is {sys.version.split()[0]}.")


def _make_venv(python: str) -> None:
    """Make `.venv` with pip; Debian ships the part for that as a package of its own."""
    if subprocess.run([python, "-c", "import ensurepip, venv"], capture_output=True, check=False).returncode:  # noqa: S603
        version = subprocess.run(  # noqa: S603
            [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        install_package(f"python{version}-venv", "This Python cannot make environments.")
    run([python, "-m", "venv", "--clear", VENV], "Making .venv")


def make_environment() -> None:
    """Make or renew `.venv` when the lock, the project file, Python or the checkout's place has changed."""
    python = _python()
    inputs = [ROOT / "requirements.lock", ROOT / "pyproject.toml", HERE / "uv.txt"]
    wanted = digest(inputs, python, sys.version, str(ROOT))
    if stamped(STAMP, wanted) and (VENV / "bin" / "python").exists():
        return
    say("Making .venv from requirements.lock …")
    own = VENV / "bin" / "python"
    if not (own.exists() and (VENV / "bin" / "pip").exists() and STAMP.exists()):
        _make_venv(python)
    run([own, "-m", "pip", "install", "-q", "--require-hashes", "-r", HERE / "uv.txt"], "Installing uv")
    uv = [VENV / "bin" / "uv", "pip"]
    # uv would remove itself: it is kept by syncing both lists at once.
    locked = ["--python", own, "--require-hashes", ROOT / "requirements.lock", HERE / "uv.txt"]
    run([*uv, "sync", "-q", *locked], "Installing the locked packages")
    project = ["install", "-q", "--python", own, "--no-deps", "--no-build-isolation", "-e", "."]
    run([*uv, *project], "Installing arasha")
    STAMP.write_text(wanted)
