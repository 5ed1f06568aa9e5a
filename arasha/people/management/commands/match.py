"""`arasha match`: compare everybody with everybody once, or learn weights from what people decided."""

import csv
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now
from arasha.people import actions


class Command(BaseCommand):
    """Link the whole of what is known, as a batch; nobody is joined by it."""

    help = "Compares everybody with everybody; doubtful pairs go to review. --learn FILE writes learnt weights instead."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where to work, or where to write."""
        parser.add_argument("--learn", type=Path, metavar="FILE", help="write weights learnt from reviewed pairs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do one or the other."""
        if options["learn"]:
            self._learn(options["learn"])
            return
        with tempfile.TemporaryDirectory(prefix="match-", dir=settings.STATE) as folder, system("match") as actor:
            done = actions.link_everybody(actor=actor, now=domain_now(), workdir=Path(folder))
        self.stdout.write(f"{done.people} people compared: {done.pairs} pairs to look at, {done.proposed} of them new")

    def _learn(self, file: Path) -> None:
        with system("match") as actor:
            rows = actions.learn_weights(actor=actor, now=domain_now())
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["attribute", "level", "m", "u", "source", "verified_by"])
            for row in rows:
                source = f"learnt from {row.same} pairs of one person and {row.others} of two"
                writer.writerow([row.attribute, row.level, f"{row.m:.6g}", f"{row.u:.6g}", source, ""])
        self.stdout.write(f"{len(rows)} weights written to {file}: review them before they replace those in data/")
