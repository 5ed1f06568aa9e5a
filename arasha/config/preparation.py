"""Brings a database and the files beside it to what this version needs; it can be done again at any time."""

import hashlib
import os
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command, get_commands
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from arasha.config import environment, reference, secrets
from arasha.config.postgres.binaries import SUPPORTED
from arasha.config.postgres.place import Place
from arasha.kernel.access.actions import install_secret
from arasha.kernel.vault import actions as vault
from arasha.kernel.vault.queries import check_places
from arasha.kernel.worktime import actions as worktime
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.queries import domain_now


class UnsupportedServer(Exception):
    """The server is older or newer than what Arasha is tested with."""


def check_server() -> None:
    """Raise UnsupportedServer when the owner's connection leads to a PostgreSQL that is not 15 to 18."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        version = int(cursor.fetchone()[0]) // 10_000
    if version not in SUPPORTED:
        raise UnsupportedServer(
            f"The server is PostgreSQL {version}; Arasha needs {SUPPORTED[0]} to {SUPPORTED[-1]}. Nothing was changed."
        )


def declare(kind: str) -> None:
    """Write what this database is for, once."""
    worktime.declare_instance(kind=kind, actor=INSTALLATION, now=domain_now(using="owner"))


def prepare(kind: str) -> Iterator[str]:
    """Migrate, declare, make keys, forget what a restore brought back, load, compile and demonstrate.

    Yields what was done, in words. Reference data, catalogues and static files are passed over when neither the
    package nor the database is another than at the last preparation. Migrations are always looked at.
    """
    check_server()
    connection = connections["owner"]
    executor = MigrationExecutor(connection)
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        call_command("migrate", verbosity=0, interactive=False)
        yield f"{len(pending)} migrations applied"
    declare(kind)
    if install_secret():
        yield "the database knows this installation's key"
    vault.make_keys()
    places = [("the database", Place(settings.STATE).folder)]
    check_places(production=kind == "production", others=places)
    if erased := vault.replay_erasures():
        yield f"{erased} erased parts of files stay erased"
    stamp, wanted = Path(settings.STATE) / "prepared", _identity()
    if pending or secrets.read(stamp) != wanted:
        yield from _load()
        stamp.write_text(_identity())
    wished = environment.flag("ARASHA_DEMONSTRATION", default=True)
    if wished and kind != "production" and "demonstrate" in get_commands():
        call_command("demonstrate")


def _load() -> Iterator[str]:
    """Load the reference data, compile the catalogues, gather the static files."""
    for label, rows in reference.load_all():
        if rows:
            yield f"reference data of {label}: {rows} rows written"
    call_command("catalogues", "compile", verbosity=0, stdout=StringIO())
    call_command("collectstatic", verbosity=0, interactive=False)


def _identity() -> str:
    """Return what tells this package and this database from others: sizes and times of files, the database's number."""
    digest = hashlib.sha256(str(settings.STATIC_ROOT).encode())
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT (pg_control_system()).system_identifier, oid FROM pg_database WHERE datname = current_database()"
        )
        digest.update(str(cursor.fetchone()).encode())
    for folder, below, names in os.walk(settings.PACKAGE):
        below[:] = sorted(set(below) - {"tests", "__pycache__"})
        for name in sorted(names):
            if not name.endswith(".mo"):
                found = Path(folder, name).stat()
                digest.update(f"{folder} {name} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
