"""`arasha migrate`: Django's, always on the owner's connection."""

from typing import Any

from django.core.management.commands import migrate
from django.db import DEFAULT_DB_ALIAS


class Command(migrate.Command):
    """Migrate as arasha_owner; the role that serves people may not change tables."""

    def handle(self, *args: Any, **options: Any) -> None:
        """Run Django's command on `owner` unless another alias was named."""
        if options.get("database") in {None, DEFAULT_DB_ALIAS}:
            options["database"] = "owner"
        super().handle(*args, **options)
