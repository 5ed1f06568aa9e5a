"""`arasha catalogues extract|check|compile`."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser

from arasha.ui.catalogues import files


class Command(BaseCommand):
    """Keep the Kazakh and Russian catalogues in step with the sources."""

    help = "extract: bring new ids into the folders' catalogues; check: fail on any fault; compile: write the .mo files"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the work to do and, for extract, the folders."""
        parser.add_argument("work", choices=["extract", "check", "compile"])
        parser.add_argument("folders", nargs="*", help="extract only these, like arasha/signals")

    def handle(self, *args: object, work: str, folders: list[str], **options: object) -> None:
        """Do the work; check raises CommandError when anything is wrong."""
        if work == "compile":
            self.stdout.write(f"{files.compile_all()} catalogues compiled")
        elif work == "check":
            found = list(files.problems())
            for problem in found:
                self.stdout.write(problem)
            if found:
                raise CommandError(f"{len(found)} faults in the catalogues")
            self.stdout.write("catalogues: nothing missing, fuzzy, stale or foreign")
        else:
            wanted = [Path(folder).resolve() for folder in folders] or files.folders()
            for folder in wanted:
                for language in files.LANGUAGES:
                    lacking = files.update(folder, language)
                    if lacking:
                        self.stdout.write(f"{files.catalogue_path(folder, language)}: {lacking} to translate")
