"""The child that serves the public: what it is started with, which is little."""

import sys
from collections.abc import Mapping
from pathlib import Path

from arasha.config import environment

COMMAND = (sys.executable, "-m", "gunicorn", "-c", "python:arasha.config.public_serving")
IMPOSSIBLE = "Nobody tells anything here: the public pages need ARASHA_PUBLIC_DATABASE_URL (role arasha_public)."
# Of the machine: where programs and languages are.
MACHINE = ("PATH", "HOME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "VIRTUAL_ENV", "LD_LIBRARY_PATH")
FAMILIES = ("LC_", "PYTHON")
OWN = (
    "ARASHA_HTTPS",
    "ARASHA_PROXIES",
    "ARASHA_PUBLIC_ADDRESS",
    "ARASHA_PUBLIC_DATABASE_URL",
    "ARASHA_PUBLIC_HOSTS",
    "ARASHA_PUBLIC_KEYS",
    "ARASHA_PUBLIC_THREADS",
    "ARASHA_SURVEYS",
)


def is_possible() -> bool:
    """Say whether the public's role can log in: with a database that is brought its DSN has to be, too."""
    return not environment.brings_database() or bool(environment.text("ARASHA_PUBLIC_DATABASE_URL"))


def variables(given: Mapping[str, str], state: Path) -> dict[str, str]:
    """Return the child's variables, chosen by name: no key, no password and no DSN of the staff's process."""
    chosen = {name: value for name, value in given.items() if name in MACHINE + OWN or name.startswith(FAMILIES)}
    return {**chosen, "ARASHA_STATE": str(state)}
