"""`arasha db roles`: the SQL that a database administrator runs before Arasha uses their PostgreSQL."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from arasha.config.postgres import roles


class Command(BaseCommand):
    """Print SQL for a database administrator."""

    help = "roles: prints the psql script that makes roles, database and extensions; it can be run again."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the kind of SQL and the database's name."""
        parser.add_argument("what", choices=["roles"])
        parser.add_argument("--database", default="arasha", help="the database's name (default: arasha)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        self.stdout.write(roles.for_administrator(options["database"]), ending="")
