"""`arasha questionnaires check [FILE …]`, `… publish FILE`, `… show CODE`: forms from the command line."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.queries import domain_now
from arasha.questionnaires import actions
from arasha.questionnaires.models import Version
from arasha.questionnaires.rules.books import Reading, Unreadable, read
from arasha.questionnaires.rules.conversion import FaultyForm, convert
from arasha.questionnaires.rules.lint.words import refusal, sentence

PURPOSE = "load_reference"


class Command(BaseCommand):
    """Checks without a database; publishes on the owner's connection; prints a form's newest source."""

    help = "Check forms, publish one as the installation, or print one as Markdown."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do and with which form."""
        works = parser.add_subparsers(dest="work", required=True)
        check = works.add_parser("check", help="say what is wrong with files; without any, with the shipped forms")
        check.add_argument("files", nargs="*", type=Path)
        publish = works.add_parser("publish", help="publish a file as the installation, without a second person")
        publish.add_argument("file", type=Path)
        show = works.add_parser("show", help="print the newest published version of a form as Markdown")
        show.add_argument("code")
        for work in (check, publish):
            work.add_argument("--language", choices=["kk", "ru", "en"], default="en")

    def handle(self, *args: object, work: str, **options: Any) -> None:
        """Do it and print what was done."""
        if work == "show":
            self._show(options["code"])
        elif work == "publish":
            self._publish(options["file"], options["language"])
        else:
            self._check(options["files"], options["language"])

    def _check(self, files: list[Path], language: str) -> None:
        found = [(file.name, _read(file, language)) for file in files] or list(actions.read_files())
        faulty = 0
        for name, reading in found:
            try:
                converted = convert(reading)
            except FaultyForm as wrong:
                faulty += 1
                self._tell(name, wrong, language)
            else:
                asked = sum(1 for _ in converted.form.questions())
                self.stdout.write(f"{name}: {converted.code} {converted.number}, {asked} questions")
        if faulty:
            raise CommandError(f"{faulty} of {len(found)} forms are faulty.")

    def _publish(self, file: Path, language: str) -> None:
        installation = Actor(kind="system", purpose=PURPOSE)
        try:
            files = [(file.name, _read(file, language))]
            new = actions.load_reference(actor=installation, now=domain_now(using="owner"), files=files)
        except FaultyForm as wrong:
            self._tell(file.name, wrong, language)
            raise CommandError("The form is faulty; nothing was published.") from wrong
        except actions.ChangedFile as changed:
            raise CommandError(str(changed)) from changed
        self.stdout.write(f"{new} version(s) published")

    def _show(self, code: str) -> None:
        rows = Version.objects.using("owner").filter(questionnaire=code, state="published").order_by("-number")
        row = rows.first()
        if row is None:
            raise CommandError(f"No version of {code} is published.")
        self.stdout.write(row.source)

    def _tell(self, name: str, wrong: FaultyForm, language: str) -> None:
        for fault in wrong.faults:
            place = ":".join(part for part in (name, fault.sheet, str(fault.row or ""), fault.column) if part)
            self.stdout.write(f"{place}: {sentence(fault, language)}")


def _read(file: Path, language: str) -> Reading:
    try:
        return read(file.read_bytes())
    except OSError as problem:
        raise CommandError(f"{file} can't be read: {problem.strerror}") from problem
    except Unreadable as problem:
        raise CommandError(f"{file.name}: {refusal(problem.code, language)}") from problem
