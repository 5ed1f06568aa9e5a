"""`arasha backup`: make, list, check and open backups (docs/operate.md)."""

import sys
from collections.abc import Callable
from typing import Any

import psycopg
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from arasha.config.backup import checking, making, places
from arasha.config.backup.errors import BackupError
from arasha.config.backup.manifest import Manifest
from arasha.config.environment import ConfigurationError
from arasha.config.postgres.errors import LauncherError
from arasha.config.running import borrowed
from arasha.kernel.vault.rules import VaultError

PARTS = {
    "make": "makes a backup in ARASHA_BACKUPS, copies the key store to ARASHA_KEY_BACKUPS, removes what is too old",
    "list": "tells which there are",
    "check": "reads a backup whole, the newest one unless it is named, and compares it with what was made",
    "open": "writes the database's dump in clear to standard output, for pg_restore",
}
TOLD = (BackupError, VaultError, LauncherError, ConfigurationError, psycopg.Error, DatabaseError, OSError)


class Command(BaseCommand):
    """One call; what stands in its way is told in a sentence, with exit status 1."""

    help = "; ".join(f"{name}: {text}" for name, text in PARTS.items())
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do, and with which backup."""
        parser.add_argument("what", choices=PARTS, nargs="?", default="make")
        parser.add_argument("name", nargs="?", help="check, open: the backup's name (check: the newest by default)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        try:
            getattr(self, f"do_{options['what']}")(options["name"])
        except TOLD as problem:
            raise CommandError(str(problem)) from None
        except KeyboardInterrupt:
            raise CommandError("Stopped. Nothing of this backup was kept.", returncode=130) from None

    @property
    def say(self) -> Callable[[str], None]:
        """Return what tells how far it is, at once and beside what `open` writes."""

        def tell(text: str) -> None:
            self.stderr.write(text, self.style.NOTICE)
            self.stderr.flush()

        return tell

    def do_make(self, _name: str | None) -> None:
        """Make one."""
        with borrowed.database(self.say):
            made = making.make(self.say)
        self.stdout.write(str(made.folder))
        self.say(
            f"journal up to entry {made.manifest.journal['last_act']} and seal {made.manifest.journal['seal']}; "
            f"keys in {settings.ARASHA_KEY_BACKUPS / made.manifest.keys['copy']}"
        )
        if made.gone:
            self.say(f"older than {settings.ARASHA_BACKUP_DAYS} days and removed: {places.together(made.gone)}")
        if made.missing:
            raise CommandError(
                f"{made.missing} files that rows need are not in ARASHA_FILES; the backup was kept without them.",
                returncode=3,
            )

    def do_list(self, _name: str | None) -> None:
        """List them."""
        shelf = places.shelf()
        for name in shelf.names():
            made = Manifest.read(shelf.folder / name)
            self.stdout.write(
                f"{name}  {made.kind} {made.instance}  Arasha {made.arasha}, PostgreSQL {made.postgres}  "
                f"{made.database['bytes']:,} bytes, {made.files['count']} files  seal {made.journal['seal']}"
            )

    def do_check(self, name: str | None) -> None:
        """Check one."""
        checking.check(places.shelf().find(name), self.say)

    def do_open(self, name: str | None) -> None:
        """Write one dump in clear; never onto a screen."""
        if name is None:
            raise CommandError("open needs a backup's name")
        if sys.stdout.isatty():
            raise CommandError("The dump holds names: send it where it should go, not onto the screen.")
        folder = places.shelf().find(name)
        for piece in checking.plain_dump(folder, Manifest.read(folder), lambda _count: None):
            sys.stdout.buffer.write(piece)
