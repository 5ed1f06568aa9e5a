"""`arasha access catalogue`: what the database lets whom do, to be reviewed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from arasha.kernel.access.queries import catalogue


class Command(BaseCommand):
    """Print the present catalogue, or write it beside each folder's data for review."""

    help = "Prints every function, policy, table, view, trigger, role and grant; --write keeps them for review."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do."""
        parser.add_argument("what", choices=["catalogue"])
        parser.add_argument("--write", action="store_true", help="write data/catalogue.txt of each folder")
        parser.add_argument("--database", default="owner")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print, or write."""
        for label, lines in catalogue.present(using=options["database"]).items():
            if options["write"]:
                file = catalogue.file_of(label)
                file.parent.mkdir(exist_ok=True)
                file.write_text("\n".join(lines) + "\n", encoding="utf-8")
                self.stdout.write(f"{label}: {len(lines)} lines, review the difference")
            else:
                self.stdout.write("\n".join(lines))
