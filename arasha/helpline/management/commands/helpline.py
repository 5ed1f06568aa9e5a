"""`arasha helpline reasons import FILE` takes a list of reasons; `… events FILE` writes an exchange's as ours."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override

from arasha.helpline import actions
from arasha.helpline.actions.importing_reasons import PURPOSE
from arasha.helpline.rules import adapters, fault_words
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.queries import domain_now
from arasha.ui.rules import sheet_words
from arasha.ui.rules.sheets import SheetUnreadable


class Command(BaseCommand):
    """Imports a list of reasons on the owner's connection; translates what an exchange says, without a database."""

    help = "Import a list of reasons (CSV or XLSX), or write what an exchange said as the interface takes it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do and its file."""
        works = parser.add_subparsers(dest="work", required=True)
        reasons = works.add_parser("reasons", help="import a list of reasons")
        reasons.add_argument("import", choices=["import"])
        reasons.add_argument("file", type=Path)
        reasons.add_argument("--on", type=date.fromisoformat, help="valid from this day, 2026-09-01; else today")
        reasons.add_argument("--dry-run", action="store_true", help="say what would change, write nothing")
        reasons.add_argument("--accept-closing", action="store_true", help="even if over a fifth of all reasons ends")
        reasons.add_argument("--language", choices=["kk", "ru", "en"], default="en")
        events = works.add_parser("events", help="write a recording of an exchange as bodies for the interface")
        events.add_argument("file", type=Path, help="a recording of Asterisk's Manager Interface")
        events.add_argument("--table", type=Path, default=adapters.ASTERISK, help="which event is which (YAML)")

    def handle(self, *args: object, work: str, **options: Any) -> None:
        """Do it and print what was done."""
        if work == "events":
            self._events(options["file"], options["table"])
            return
        with override(options["language"]):
            self._reasons(options["file"], options["on"], options["dry_run"], options["accept_closing"])

    def _events(self, file: Path, table: Path) -> None:
        try:
            adapter = adapters.adapter(table.read_text(encoding="utf-8"))
            told = adapter.mapped(adapters.manager_events(file.read_text(encoding="utf-8")))
            events = list(told)
        except (adapters.TableFaulty, OSError, UnicodeDecodeError) as problem:
            raise CommandError(str(problem)) from problem
        # By the recording's clock: whoever sends it says the present moment instead.
        body = {"sent_at": max((one["at"] for one in events), default=""), "events": events}
        self.stdout.write(json.dumps(body, ensure_ascii=False, indent=1))

    def _reasons(self, file: Path, on: date | None, dry_run: bool, accept_closing: bool) -> None:
        try:
            found = actions.import_reasons(
                actor=Actor(kind="system", purpose=PURPOSE),
                now=domain_now(using="owner"),
                file=file,
                dry_run=dry_run,
                valid_on=on,
                accept_closing=accept_closing,
            )
        except OSError as problem:
            raise CommandError(_("The file can’t be read.")) from problem
        except SheetUnreadable as problem:
            raise CommandError(sheet_words.unreadable(problem)) from problem
        except actions.TableFaulty as problem:
            raise CommandError("\n".join(fault_words.fault(one) for one in problem.faults)) from problem
        except actions.NotYetValid as problem:
            raise CommandError(_("That day has not come yet: import the list then.")) from problem
        except actions.OlderEdition as problem:
            words = _("A list valid from %(day)s was imported already.")
            raise CommandError(words % {"day": f"{problem.latest:%d.%m.%Y}"}) from problem
        except actions.TooMuchClosed as problem:
            words = _("The list would end %(closed)s of %(standing)s reasons. Is it whole? If so: %(option)s.")
            values = {"closed": problem.closed, "standing": problem.standing, "option": "--accept-closing"}
            raise CommandError(words % values) from problem
        for line in _report(found):
            self.stdout.write(line)


def _report(found: actions.Imported) -> list[str]:
    changes = found.changes
    lines = [
        _("Reasons in the file: %(rows)s; not verified by anybody: %(unverified)s.")
        % {"rows": found.rows, "unverified": found.unverified}
    ]
    for words, codes in (
        (_("New"), [*changes.added, *changes.reopened]),
        (_("Changed"), changes.renamed),
        (_("Ended"), changes.closed),
    ):
        if codes:
            lines.append(f"{words} ({len(codes)}): {', '.join(codes)}")
    if not changes.anything:
        lines.append(_("Nothing changes."))
    elif not found.written:
        lines.append(_("Nothing was written: this was a dry run."))
    return lines
