"""The command `arasha run` itself."""

import argparse
import os
import sys
from collections.abc import Sequence

from arasha.config import settings
from arasha.config.environment import ConfigurationError
from arasha.config.postgres.errors import LauncherError
from arasha.config.postgres.parentage import end_with_parent
from arasha.config.running.supervisor import PreparationFailed, Supervisor


def run(words: Sequence[str]) -> int:
    """Run an installation until Ctrl-C and return the exit status; errors are told without a trace."""
    parser = argparse.ArgumentParser(
        prog="arasha run",
        description="Starts PostgreSQL (unless two DSNs are set), serves on 127.0.0.1 and works until Ctrl-C.",
    )
    parser.add_argument("--end-with-parent", action="store_true", help="end when the calling process dies")
    options = parser.parse_args(words)
    if options.end_with_parent:
        end_with_parent(os.getppid())
    try:
        Supervisor(settings.STATE, settings.ARASHA_KEYS, say).run()
    except (LauncherError, ConfigurationError, PreparationFailed, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def say(text: str) -> None:
    """Print at once."""
    print(text, flush=True)
