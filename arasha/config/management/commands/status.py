"""`arasha status`: what is not in order now, and what to do; `arasha check --deploy` asks whether it is set up well."""

import json
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser

from arasha.config.soundness.settings import backups
from arasha.web import queries

MEND: Final = {
    "database": "Is PostgreSQL up, and does ARASHA_DATABASE_URL lead to it? Is a restore under way?",
    "migrations": "Run `arasha prepare`.",
    "seals": "The sealer does not run or can't send out: `systemctl status arasha-work`, then `arasha journal seal`.",
    "queue": "Jobs stand: `systemctl status arasha-work`; its log names what fails.",
    "mail": "Letters don't leave: does the mail server answer? They wait and are sent when it does.",
    "letters": "What the public told waits unopened: does the worker run, are its keys there? Its log says why.",
}
TIMER: Final = "This timer did not end well lately: `systemctl status arasha-work`; its log names what fails."


class Command(BaseCommand):
    """Say for each component whether it is in order; exit status 1 when one is not."""

    help = "Says what is not in order and what to do; status 1 when something is not."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the form."""
        parser.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask and tell."""
        states = queries.components()
        words = {name: MEND.get(name, TIMER) for name, state in states.items() if state == queries.NOT_OK}
        late = [(str(finding.msg), str(finding.hint)) for finding in backups() if finding.level >= 40]
        if options["json"]:
            self.stdout.write(json.dumps({"components": states, "mend": words, "backups": late}, ensure_ascii=False))
        else:
            for name, state in states.items():
                self.stdout.write(f"{state:7} {name}" + (f"   {words[name]}" if name in words else ""))
            for what, how in late:
                self.stdout.write(f"{queries.NOT_OK:7} backup   {what} {how}")
        if words or late:
            raise SystemExit(1)
