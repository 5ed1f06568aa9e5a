"""The `arasha` command: Django's commands under one name, with our settings."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one command; errors go to standard error with exit status 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "arasha.config.settings")
    execute_from_command_line(sys.argv)
