"""`arasha prepare`: what must be done before serving, on any PostgreSQL."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from arasha.config import environment, preparation
from arasha.kernel.vault.rules import VaultError
from arasha.kernel.worktime.actions import AlreadyDeclared

KINDS = ("training", "demonstration", "production")


class Command(BaseCommand):
    """Migrate, declare the instance, load the reference data, compile, demonstrate."""

    help = "Brings database and files to this version: migrations, reference data, catalogues, demonstration data."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Prepare; what goes wrong is told without a trace."""
        kind = environment.one_of("ARASHA_INSTANCE_KIND", KINDS)
        try:
            for done in preparation.prepare(kind):
                self.stdout.write(done)
                self.stdout.flush()
        except (preparation.NotPrepared, AlreadyDeclared, VaultError) as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(f"The database refused: {error}") from error
