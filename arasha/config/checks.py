"""Checks of the database itself, run by `arasha migrate` and `arasha check --database owner`."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import DatabaseError, connections

from arasha.config.postgres.binaries import SUPPORTED


@register(Tags.database)
def check_database(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **_: Any
) -> list[CheckMessage]:
    """Check the server's version and that its trigrams know Kazakh letters (with LC_CTYPE=C search finds nothing)."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        with connections[alias].cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            version = int(cursor.fetchone()[0]) // 10_000
            if version not in SUPPORTED:
                hint = f"Use PostgreSQL {SUPPORTED[0]} to {SUPPORTED[-1]}."
                found.append(Error(f"The server is PostgreSQL {version}.", hint=hint, id="arasha.E001"))
        found += _check_trigrams(alias)
    return found


def _check_trigrams(alias: str) -> list[CheckMessage]:
    """Return an error when pg_trgm is missing or blind to Cyrillic."""
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT public.show_trgm('Айгүл') <> '{}'")
            sees = bool(cursor.fetchone()[0])
    except DatabaseError:
        hint = "Run the SQL that `arasha db roles` prints."
        return [Error("The extension pg_trgm is not in the schema public.", hint=hint, id="arasha.E002")]
    if sees:
        return []
    hint = "The database needs LC_CTYPE C.UTF-8 (or another UTF-8 locale): make it as `arasha db roles` says."
    return [Error("Search would not find Kazakh or Russian names.", hint=hint, id="arasha.E003")]
