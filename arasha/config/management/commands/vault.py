"""`arasha vault …`: what the keeper of the keys does (docs/operate.md). Nothing here shows a key or a text."""

import os
import pwd
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from arasha.config import erasures, handing
from arasha.config.backup.errors import BackupError
from arasha.config.postgres.place import Place
from arasha.kernel.vault import actions, queries
from arasha.kernel.vault.rules import VaultError
from arasha.kernel.worktime.queries import domain_now, instance_kind

PARTS = {
    "make-keys": "makes the first keys of a new installation; never replaces any",
    "rotate": "a new wrapping key, all data keys wrapped anew, the old one retired; broken off, it goes on",
    "add-key": "on the key server: a new key for --ring; rotate then on the application's machine",
    "retire-old": "on the key server, after that: retires the older keys of --ring",
    "serve": "the key server of the ring apart, on --socket, for --user",
    "copy-rings": "copies ARASHA_KEYS to --to, a medium for the safe: after the first start and after each rotation",
    "back-up": "copies the key store to ARASHA_KEY_BACKUPS",
    "prune": "removes key backups older than 30 days and retired keys: makes erasures final; daily",
    "replay": "erases again whatever was erased: nightly, and after each restore before anybody signs in",
    "sweep": "removes stored files that no row needs; daily",
    "check": "says whether keys lie where they may",
}


class Command(BaseCommand):
    """One call of the vault; its refusals are printed as they are, with exit status 1."""

    help = "; ".join(f"{name}: {text}" for name, text in PARTS.items())

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do, and for `rotate` the ring."""
        parser.add_argument("what", choices=PARTS)
        parser.add_argument("--ring", choices=["general", "apart"], default="general")
        parser.add_argument("--to", type=Path, help="copy-rings: where the medium is")
        parser.add_argument("--socket", type=Path, help="serve: the socket's path")
        parser.add_argument("--user", action="append", default=[], help="serve: who may ask (more than one may be)")
        parser.add_argument("--a-minute", type=int, default=300, help="serve: how many keys a minute (default: 300)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        try:
            getattr(self, "do_" + options["what"].replace("-", "_"))(options)
        except (VaultError, BackupError, OSError) as problem:
            raise CommandError(str(problem)) from None

    def do_make_keys(self, _options: dict[str, Any]) -> None:
        """Make the first keys."""
        for ring, version in actions.make_keys().items():
            self.stdout.write(f"ring {ring}: version {version}")

    def do_rotate(self, options: dict[str, Any]) -> None:
        """Rotate one ring, saying how far it is."""
        for done in actions.rotate(options["ring"]):
            self.stdout.write(f"ring {options['ring']}: {done} data keys wrapped anew")

    def do_add_key(self, options: dict[str, Any]) -> None:
        """Add a key."""
        self.stdout.write(f"ring {options['ring']}: version {actions.add_key(options['ring'])}")

    def do_retire_old(self, options: dict[str, Any]) -> None:
        """Retire the older keys."""
        self.stdout.write(f"ring {options['ring']}: {len(actions.retire_old_keys(options['ring']))} retired")

    def do_serve(self, options: dict[str, Any]) -> None:
        """Serve keys."""
        if not options["socket"]:
            raise CommandError("serve needs --socket")
        try:
            users = {pwd.getpwnam(name).pw_uid for name in options["user"]} or {os.geteuid()}
        except KeyError as problem:
            raise CommandError(f"there is no such user: {problem}") from None
        actions.serve_keys(options["socket"], users=users, a_minute=options["a_minute"])

    def do_copy_rings(self, options: dict[str, Any]) -> None:
        """Copy the keys' folder."""
        if not options["to"]:
            raise CommandError("copy-rings needs --to")
        count = handing.copy_keys(options["to"])
        self.stdout.write(f"{count} keys are in {options['to'] / 'arasha-keys'}; lock the medium away")

    def do_back_up(self, _options: dict[str, Any]) -> None:
        """Back up the key store."""
        self.stdout.write(actions.back_up_keys(now=domain_now(using="owner")))

    def do_prune(self, _options: dict[str, Any]) -> None:
        """Remove what is older than 30 days."""
        self.stdout.write(f"{len(actions.prune(now=domain_now(using='owner')))} removed")

    def do_replay(self, _options: dict[str, Any]) -> None:
        """Erase again."""
        count, left = erasures.replay()
        self.stdout.write(f"{count} erased scopes stand")
        for table, row, column in left:
            self.stdout.write(f"could not be emptied, look at it: {table} {row} {column}")

    def do_sweep(self, _options: dict[str, Any]) -> None:
        """Remove orphans."""
        self.stdout.write(f"{actions.sweep_files(now=domain_now(using='owner'))} removed")

    def do_check(self, _options: dict[str, Any]) -> None:
        """Check the places."""
        production = instance_kind(using="owner") == "production"
        queries.check_places(production=production, others=[("the database", Place(settings.STATE).folder)])
        self.stdout.write("keys lie where they may")
