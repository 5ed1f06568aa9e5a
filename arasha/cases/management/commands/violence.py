"""`arasha violence import FILE`: takes a list of forms of violence, or what its forms are called elsewhere."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override

from arasha.cases import actions, rules
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.queries import domain_now

LARGEST = 5 * 1024 * 1024


class Command(BaseCommand):
    """Reads the file, says what it would change, and writes it in one transaction."""

    help = "Import a list of forms of violence (CSV in UTF-8) on the owner's connection."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file, which table it is, the day from which it is valid, and what to do."""
        parser.add_argument("work", choices=["import"])
        parser.add_argument("file", type=Path)
        parser.add_argument("--table", choices=[*rules.SCHEMES, "mapping"], required=True)
        parser.add_argument("--on", type=date.fromisoformat, help="valid from this day, 2026-09-18; else today")
        parser.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")
        parser.add_argument("--accept-closing", action="store_true", help="even if over a tenth of all rows ends")
        parser.add_argument("--language", choices=["kk", "ru", "en"], default="en")

    def handle(
        self,
        *args: object,
        file: Path,
        table: str,
        on: date | None,
        dry_run: bool,
        accept_closing: bool,
        **options: str,
    ) -> None:
        """Run the import and print it."""
        with override(options["language"]):
            try:
                content = _read(file)
                taken = actions.take_violence(
                    actor=Actor(kind="system", purpose="load_reference"),
                    table=table,
                    content=content,
                    valid_on=on,
                    dry_run=dry_run,
                    accept=accept_closing,
                    now=domain_now(using="owner"),
                )
            except rules.FileFaulty as problem:
                raise CommandError("\n".join(fault_words(fault) for fault in problem.faults)) from problem
            except actions.TooMuchClosed as problem:
                words = _("The file would end %(closed)s of %(standing)s rows. Is it whole? If so: %(option)s.")
                values = {"closed": problem.closed, "standing": problem.standing, "option": "--accept-closing"}
                raise CommandError(words % values) from problem
            except actions.OlderEdition as problem:
                words = _("A table valid from %(day)s was taken in already.")
                raise CommandError(words % {"day": f"{problem.latest:%d.%m.%Y}"}) from problem
            for name, codes in ((_("new"), taken.added), (_("changed"), taken.changed), (_("ended"), taken.closed)):
                self.stdout.write(f"{name}: {len(codes)} {' '.join(codes)}".rstrip())
            self.stdout.write(_("Written.") if taken.written else _("Nothing was written."))


def _read(file: Path) -> bytes:
    if not file.is_file() or file.stat().st_size > LARGEST:
        raise rules.FileFaulty([rules.Fault(0, "no_such_file", file.name)])
    return file.read_bytes()


def fault_words(fault: rules.Fault) -> str:
    """Say what is wrong with a line of a table."""
    words = {
        "no_such_file": _("there is no such file, or it is larger than 5 MB"),
        "encoding": _("the file is not text in UTF-8"),
        "table": _("the file is no table with commas"),
        "empty": _("the table has no row"),
        "column": _("a column is missing"),
        "too_long": _("the table has more than 2000 rows"),
        "code": _("this is no code"),
        "twice": _("this stands twice"),
        "missing": _("a cell is empty"),
        "name": _("a name is too long or holds signs that cannot be seen"),
        "no_such_parent": _("the heading is not in the table"),
        "too_deep": _("there are two levels, not three"),
        "scheme": _("there is no such list"),
        "no_such_form": _("this form does not stand in the working list"),
        "no_such_target": _("this code does not stand in its list"),
    }[fault.code]
    place = _("line %(n)s") % {"n": fault.line}
    return f"{place}: {words} {fault.value}".rstrip()
