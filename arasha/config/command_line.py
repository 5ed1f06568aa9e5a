"""The `arasha` command: Django's commands under one name, with our settings."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command; errors go to standard error with exit status 1.

    A command's name is written with hyphens (`arasha load-reference`), its module with underscores.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arasha.config.settings")
    program, *words = sys.argv
    if words[:1] == ["run"]:
        # Without Django: what keeps the others alive needs little, and starts at once.
        from arasha.config.running.command import run  # noqa: PLC0415

        sys.exit(run(words[1:]))
    execute_from_command_line([program, *(word.replace("-", "_") for word in words[:1]), *words[1:]])
