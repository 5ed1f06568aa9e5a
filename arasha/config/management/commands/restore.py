"""`arasha restore`: bring a backup back, whole or not at all (docs/operate.md)."""

from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.utils import translation

from arasha.config.backup.errors import BackupError
from arasha.config.environment import ConfigurationError
from arasha.config.postgres.errors import LauncherError
from arasha.config.preparation import NotPrepared
from arasha.config.restoring.conditions import Wishes
from arasha.config.restoring.restore import Restored, abandon, restore
from arasha.config.running import borrowed
from arasha.kernel.journal.actions import SealKeyMissing
from arasha.kernel.journal.rules.words import sentence, summary
from arasha.kernel.vault.rules import VaultError

TOLD = (
    BackupError,
    VaultError,
    LauncherError,
    ConfigurationError,
    NotPrepared,
    SealKeyMissing,
    psycopg.Error,
    DatabaseError,
    OSError,
)
CLOSED = 3  # exit status: loaded, but the proof found something, and nobody is let in
SHOWN = 50


class Command(BaseCommand):
    """Restore into an empty place, or go on with a restore that was broken off."""

    help = (
        "Brings a backup back: keys, files, seals, database; erases again what was erased; verifies the journal. "
        "Nobody is let in before all of it is done. Called again, it goes on where it was broken off."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take which backup, and what was lost with the rest."""
        parser.add_argument("name", nargs="?", help="the backup's name (default: the newest)")
        parser.add_argument("--over", default="", metavar="INSTANCE", help="put it over what stands there: its name")
        parser.add_argument("--seals", action="append", type=Path, default=[], help="a folder with copies of the seals")
        parser.add_argument("--last-seal", type=int, default=0, help="the highest seal that a mailbox holds")
        parser.add_argument("--accept", action="store_true", help="let people in although the proof found something")
        parser.add_argument(
            "--abandon", action="store_true", help="open again a database into which nothing was loaded"
        )
        parser.add_argument("--language", choices=[code for code, _ in settings.LANGUAGES], default="en")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore."""
        wishes = Wishes(options["over"], options["seals"], options["last_seal"])
        try:
            with borrowed.database(self.say, alone=True):
                if options["abandon"]:
                    self.say(f"The restore of {abandon()} was given up; people are let in again.")
                    return
                restored = restore(options["name"], wishes, accept=options["accept"], say=self.say)
        except TOLD as problem:
            raise CommandError(str(problem)) from None
        except KeyboardInterrupt:
            raise CommandError("Stopped. Nobody is let in; call it again to go on.", returncode=130) from None
        with translation.override(options["language"]):
            self._tell(restored)

    def say(self, text: str) -> None:
        """Tell how far it is, at once."""
        self.stdout.write(text)
        self.stdout.flush()

    def _tell(self, restored: Restored) -> None:
        """Tell what was lost, what was found, and whether people may come."""
        lost = restored.lost
        if lost.seals:
            self.say(
                f"Lost: {lost.rows} journal entries and looks under {lost.seals} seals ({lost.after + 1} to "
                f"{lost.to}), made {lost.since:%Y-%m-%d %H:%M} to {lost.until:%Y-%m-%d %H:%M} UTC. They were sealed "
                "outside and are not in this database. Ask the bodies what they did then; look at ended posts and "
                "bars first."
            )
        elif lost.to > lost.after:
            self.say(f"Lost: whatever stands under the seals {lost.after + 1} to {lost.to}.")
        self.say("What came after the backup and was under no seal is lost, too, and nothing can tell how much it was.")
        plain = restored.report.as_json()
        for finding in plain["findings"][:SHOWN]:
            self.say(sentence(finding))
        for line in summary(plain):
            self.say(line)
        if not restored.opened:
            raise CommandError(
                "The journal's proof found something, and nobody is let in. Look at it (`arasha journal verify "
                f"--state`); then: arasha restore {restored.backup} --accept",
                returncode=CLOSED,
            )
        self.say(f"{restored.backup} is restored. Everybody signs in anew.")
