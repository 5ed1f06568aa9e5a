"""`arasha migrate`: Django's, always on the owner's connection; then the database gets the application's key."""

from typing import Any

from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS

from arasha.config import environment, preparation
from arasha.config.migrating import Executor
from arasha.kernel.access.actions import install_secret


class Command(migrate.Command):
    """Migrate as arasha_owner; the role that serves people may not change tables."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Run Django's command on `owner`; afterwards write ARASHA_INSTANCE_KIND, when it is set, into the database."""
        if options.get("database") in {None, DEFAULT_DB_ALIAS}:
            options["database"] = "owner"
        migrate.MigrationExecutor = Executor  # type: ignore[attr-defined]  # the name by which Django's command has it
        super().handle(*args, **options)
        if any(options.get(name) for name in ("app_label", "plan", "check_unapplied", "fake")):
            return
        install_secret(using=options["database"])
        kind = environment.text("ARASHA_INSTANCE_KIND")
        if kind:
            preparation.declare(kind)
