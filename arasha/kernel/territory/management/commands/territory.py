"""`arasha territory import FILE`: takes the official file of the classifier."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override

from arasha.kernel.territory import policy
from arasha.kernel.territory.actions import (
    FileFaulty,
    FileUnreadable,
    OlderEdition,
    TooMuchClosed,
    import_official,
    wording,
)


class Command(BaseCommand):
    """Reads the file, says what it would change, and writes it in one transaction."""

    help = "Import the official KATO file (CSV or XLSX) on the owner's connection."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, the day from which it is valid, and what to do."""
        parser.add_argument("work", choices=["import"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--on", type=date.fromisoformat, help="valid from this day, 2026-09-18; else today")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")
        parser.add_argument("--details", action="store_true", help="name every change")
        parser.add_argument("--accept-closing", action="store_true", help="even if over a tenth of all units closes")
        parser.add_argument("--language", choices=["kk", "ru", "en"], default="en")

    def handle(
        self,
        *args: object,
        file: Path,
        on: date | None,
        dry_run: bool,
        details: bool,
        accept_closing: bool,
        **options: str,
    ) -> None:
        """Run the import and print it."""
        with override(options["language"]):
            try:
                found = import_official(
                    file=file,
                    valid_on=on,
                    dry_run=dry_run,
                    actor=policy.INSTALLATION,
                    accept_closing=accept_closing,
                )
            except FileUnreadable as problem:
                raise CommandError(wording.unreadable(problem.code)) from problem
            except FileFaulty as problem:
                raise CommandError("\n".join(wording.faults(problem.faults))) from problem
            except TooMuchClosed as problem:
                values = {"closed": problem.closed, "standing": problem.standing, "option": "--accept-closing"}
                words = _("The file would close %(closed)s of %(standing)s units. Is it whole? If so: %(option)s.")
                raise CommandError(words % values) from problem
            except OlderEdition as problem:
                words = _("An edition valid from %(day)s was imported already.")
                raise CommandError(words % {"day": f"{problem.latest:%d.%m.%Y}"}) from problem
            for line in wording.report(found, details=details):
                self.stdout.write(line)
