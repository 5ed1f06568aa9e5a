"""`arasha run`: everything that an installation on one machine needs, in one command."""

import os
from typing import Any

from django.conf import settings
from django.core.management import get_commands
from django.core.management.base import BaseCommand, CommandError, CommandParser

from arasha.config.environment import ConfigurationError
from arasha.config.postgres.errors import LauncherError
from arasha.config.postgres.parentage import end_with_parent
from arasha.config.running.supervisor import PreparationFailed, Supervisor


class Command(BaseCommand):
    """Start the database, migrate, load, serve and work until Ctrl-C."""

    help = "Starts PostgreSQL (unless two DSNs are set), prepares it, serves on 127.0.0.1 and works until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what `make run` says."""
        parser.add_argument("--end-with-parent", action="store_true", help="end when the calling process dies")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run; errors are told without a trace."""
        if options["end_with_parent"]:
            end_with_parent(os.getppid())
        try:
            Supervisor(settings.STATE, settings.ARASHA_KEYS, self.say, work="work" in get_commands()).run()
        except (LauncherError, ConfigurationError, PreparationFailed) as error:
            raise CommandError(str(error)) from error

    def say(self, text: str) -> None:
        """Print at once."""
        self.stdout.write(text)
        self.stdout.flush()
