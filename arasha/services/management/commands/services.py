"""`arasha services import FILE` loads a table into the directory; `arasha services publish` makes the open data."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override

from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now
from arasha.services import actions
from arasha.services.actions.loading import run_load
from arasha.services.models import Load
from arasha.services.queries import exchange as queries
from arasha.services.rules.exchange.tables import LIMITS
from arasha.services.views import importing_words as words
from arasha.ui.rules.sheets import SheetUnreadable


class Command(BaseCommand):
    """Loads tables for the whole country, as the installation's own work, and publishes."""

    help = "Load a table (CSV or XLSX) into the directory, or make the open data of the day."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do and its file."""
        works = parser.add_subparsers(dest="work", required=True)
        table = works.add_parser("import", help="load a table")
        table.add_argument("file", type=Path)
        table.add_argument("--source", required=True, help="which system the keys of the table are from")
        table.add_argument("--dry-run", action="store_true", help="say what would change, enter nothing")
        table.add_argument("--rejected", type=Path, help="write the rows that were not taken into this file")
        table.add_argument("--language", choices=["kk", "ru", "en"], default="en")
        works.add_parser("publish", help="make the open data of the day")

    def handle(self, *args: Any, work: str, **options: Any) -> None:
        """Do it and print what was done."""
        if work == "publish":
            with system("publish_directory") as actor:
                count = actions.publish(actor=actor, now=domain_now())
            self.stdout.write(f"{count} services published")
            return
        with override(options["language"]):
            load = self._taken(options["file"], options["source"])
            run_load(load=load, moment=domain_now)
            if not options["dry_run"]:
                self._loaded(load)
            self._told(load, options["rejected"], options["language"])

    def _taken(self, file: Path, source: str) -> UUID:
        try:
            with file.open("rb") as opened:
                content = opened.read(LIMITS.largest + 1)
            with system("import_directory") as actor:
                return actions.take_table(actor=actor, content=content, source=source, now=domain_now())
        except OSError as problem:
            raise CommandError(_("The file can’t be read.")) from problem
        except SheetUnreadable as problem:
            raise CommandError(words.unreadable(problem)) from problem

    def _loaded(self, load: UUID) -> None:
        with system("import_directory") as actor:
            actions.start_load(actor=actor, load_id=load, now=domain_now())
        run_load(load=load, moment=domain_now)

    def _told(self, load: UUID, rejected: Path | None, language: str) -> None:
        with system("import_directory") as actor:
            found = Load.objects.get(pk=load)
            for label, value in words.counts(found):
                self.stdout.write(f"{label}: {value}")
            for fault in words.faults(queries.first_faults(found), found):
                self.stdout.write(f"{fault['row']} · {fault['column']}: {fault['words']}")
            if rejected is not None:
                heads = (_("Column with the error"), _("What is wrong"))
                content = actions.give_rejected(
                    actor=actor, load_id=load, words=heads, language=language, now=domain_now()
                )
                rejected.write_bytes(content)
