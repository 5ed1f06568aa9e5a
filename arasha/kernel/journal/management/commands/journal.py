"""`arasha journal`: seal what is unsealed, or verify what can be proved."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from arasha.kernel.journal import actions, queries
from arasha.kernel.journal.rules.words import sentence, summary
from arasha.kernel.worktime.queries import domain_now

OWNER = "owner"


class Command(BaseCommand):
    """Seal and verify, on the owner's connection."""

    help = "seal: signs and sends out what no seal covers. verify: says what the journal can prove, and what not."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do."""
        what = parser.add_subparsers(dest="what", required=True)
        what.add_parser("seal")
        verify = what.add_parser("verify")
        verify.add_argument("--state", action="store_true", help="replay the journal against the rows as they stand")
        verify.add_argument("--json", action="store_true", help="print the report as JSON")
        verify.add_argument(
            "--seals", action="append", type=Path, help="a folder with copies of the seals; may be given again"
        )
        verify.add_argument("--language", choices=[code for code, _ in settings.LANGUAGES])

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it; a verification that finds something wrong ends with status 1."""
        if options["what"] == "seal":
            self._seal()
        else:
            with translation.override(options["language"] or settings.LANGUAGE_CODE):
                self._verify(options)

    def _seal(self) -> None:
        """Seal until nothing waits, then send out."""
        sealed = 0
        while text := actions.seal_once(now=domain_now(using=OWNER), using=OWNER):
            sealed += text.leaves
        failed = actions.export_seals(using=OWNER)
        self.stdout.write(f"{sealed} rows sealed")
        if failed:
            raise CommandError(f"seals could not be sent out by: {', '.join(failed)}")

    def _verify(self, options: dict[str, Any]) -> None:
        """Verify and print."""
        report = queries.verify(state=options["state"], folders=options["seals"], using=OWNER)
        plain = report.as_json()
        if options["json"]:
            self.stdout.write(json.dumps(plain, ensure_ascii=False, indent=2))
        else:
            for finding in plain["findings"]:
                self.stdout.write(sentence(finding))
            for line in summary(plain):
                self.stdout.write(line)
        if report.failed:
            raise SystemExit(1)
