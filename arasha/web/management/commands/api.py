"""`arasha api document`: the OpenAPI document, to be reviewed as what others build against."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from arasha.web.api import text

KEPT = Path(settings.ROOT) / "docs" / "api" / "openapi.json"


class Command(BaseCommand):
    """Print the OpenAPI document, or write it where it is reviewed."""

    help = "Prints the OpenAPI 3.1 document; --write keeps it in docs/api/ for review."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do."""
        parser.add_argument("what", choices=["document"])
        parser.add_argument("--write", action="store_true", help="write docs/api/openapi.json")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print, or write."""
        if options["write"]:
            KEPT.parent.mkdir(parents=True, exist_ok=True)
            KEPT.write_text(text(), encoding="utf-8")
        else:
            self.stdout.write(text(), ending="")
