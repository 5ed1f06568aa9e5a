"""Brings a database and the files beside it to what this version needs; it can be done again at any time."""

import hashlib
import os
from collections.abc import Iterator
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any, Final

import psycopg
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command, get_commands
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from arasha import __version__
from arasha.config import environment, erasures, reference, secrets
from arasha.config.postgres.binaries import SUPPORTED
from arasha.config.postgres.place import Place
from arasha.config.restoring.doors import Doors
from arasha.kernel.access.actions import install_secret
from arasha.kernel.vault import actions as vault
from arasha.kernel.vault.queries import check_places
from arasha.kernel.worktime import actions as worktime
from arasha.kernel.worktime.policy import INSTALLATION
from arasha.kernel.worktime.queries import clock_ahead, domain_now

LOCK: Final = (6170613, 3)
# How long before the present the story of the demonstration's regions begins.
STORY: Final = timedelta(weeks=8)
KNOWN: Final = "SELECT to_regclass('public.access_secret') IS NOT NULL"


class NotPrepared(Exception):
    """The installation can't be prepared; nothing was changed, and the message says what to do."""


class UnsupportedServer(NotPrepared):
    """The server is older or newer than what Arasha is tested with."""


class LaterDatabase(NotPrepared):
    """A later version of Arasha prepared this database; going back is no migration."""


class SecretMissing(NotPrepared):
    """The key that this installation's second factors are sealed with is not where ARASHA_KEYS says."""


class ClosedDatabase(NotPrepared):
    """A restore into this database has begun and is not finished."""


def check_server() -> None:
    """Raise UnsupportedServer when the owner's connection leads to a PostgreSQL that is not 15 to 18."""
    with connections["owner"].cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        version = int(cursor.fetchone()[0]) // 10_000
    if version not in SUPPORTED:
        raise UnsupportedServer(
            f"The server is PostgreSQL {version}; Arasha needs {SUPPORTED[0]} to {SUPPORTED[-1]}. Nothing was changed."
        )


def unknown_migrations() -> list[tuple[str, str]]:
    """Return the applied migrations of our own folders that this version does not ship."""
    executor = MigrationExecutor(connections["owner"])
    loader = executor.loader
    own = {label for label in loader.migrated_apps if apps.get_app_config(label).name.startswith("arasha.")}
    shipped = set(loader.disk_migrations)
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    return sorted(key for key in loader.applied_migrations if key[0] in own and key not in shipped | replaced)


def check_version() -> None:
    """Raise LaterDatabase when the database holds migrations that this version does not know."""
    if unknown := unknown_migrations():
        names = ", ".join(f"{app} {name}" for app, name in unknown[:5])
        raise LaterDatabase(
            f"A later version of Arasha prepared this database ({names}); this is {__version__}. Nothing was changed. "
            "Install that version again; to go back to this one, restore a backup from before the upgrade."
        )


def own_connection() -> psycopg.Connection[Any]:
    """Return a connection of the owner's beside Django's, in autocommit."""
    return psycopg.connect(**connections["owner"].get_connection_params(), autocommit=True)


def check_open() -> None:
    """Raise ClosedDatabase while a restore is not finished."""
    with own_connection() as connection:
        if mark := Doors(connection).mark():
            raise ClosedDatabase(
                f"The restore of the backup {mark.backup} into this database is not finished. Nothing was changed. "
                "Run `arasha restore` again; it goes on where it was."
            )


def has_secret() -> bool:
    """Say whether this process has the installation's secret key."""
    try:
        return bool(settings.SECRET_KEY)
    except ImproperlyConfigured:
        return False


def make_secret() -> None:
    """Make a new installation's secret key; raises SecretMissing when the database was used with another one."""
    if has_secret():
        return
    with own_connection() as connection:
        known = connection.execute(KNOWN).fetchone() == (True,)
        if known and connection.execute("SELECT 1 FROM public.access_secret LIMIT 1").fetchone():
            raise SecretMissing(
                f"{settings.ARASHA_KEYS} holds no secret_key, and this database has been used with one: everybody's "
                "second factor is sealed with it. Nothing was changed. Put the keys' folder back, or set ARASHA_KEYS."
            )
    settings.SECRET_KEY = secrets.make(settings.ARASHA_KEYS / "secret_key")


def declare(kind: str, *, behind: timedelta = timedelta(0)) -> None:
    """Write what this database is for, once; `behind` is how long ago its clock begins, for a story of weeks."""
    worktime.declare_instance(kind=kind, actor=INSTALLATION, now=domain_now(using="owner"), behind=behind)


def prepare(kind: str, *, restoring: bool = False) -> Iterator[str]:
    """Migrate, declare, make keys, forget what a restore brought back, load, compile and demonstrate.

    Yields what was done, in words. Reference data, catalogues and static files are passed over when neither the
    package nor the database is another than at the last preparation. Migrations are always looked at. Two at once
    do it one after the other; killed half-way, the next one goes on. Raises NotPrepared.
    """
    check_server()
    with own_connection() as lock:  # it goes with the connection, however this process ends
        taken = lock.execute("SELECT pg_try_advisory_lock(%s, %s)", LOCK).fetchone()
        if taken is None or not taken[0]:
            yield "Another preparation is under way; waiting for it …"
            lock.execute("SELECT pg_advisory_lock(%s, %s)", LOCK)
        if not restoring:
            check_open()
        check_version()
        make_secret()
        real = restoring or kind == "production" or "demonstrate" not in get_commands()
        wished = "" if real else environment.demonstration()
        yield from _prepare(kind, behind=STORY if wished else timedelta(0))
        if wished:  # an instance that was declared before, without a story, has a clock at the present
            call_command("demonstrate", wished if clock_ahead() < timedelta(0) else "district")


def _prepare(kind: str, *, behind: timedelta) -> Iterator[str]:
    """Do all but the demonstration."""
    executor = MigrationExecutor(connections["owner"])
    pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if pending:
        call_command("migrate", verbosity=0, interactive=False)
        yield f"{len(pending)} migrations applied"
    declare(kind, behind=behind)
    if install_secret():
        yield "the database knows this installation's key"
    vault.make_keys()
    places = [("the database", Place(settings.STATE).folder), ("the backups", settings.ARASHA_BACKUPS)]
    check_places(production=kind == "production", others=places)
    yield from _forget()
    stamp, wanted = Path(settings.STATE) / "prepared", _identity()
    if pending or secrets.read(stamp) != wanted:
        yield from _load()
        stamp.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        stamp.write_text(_identity())


def _forget() -> Iterator[str]:
    """Erase again whatever was erased."""
    count, left = erasures.replay()
    if count:
        yield f"{count} erased parts of files stay erased"
    for table, row, column in left:
        yield f"could not be emptied, look at it: {table} {row} {column}"


def _load() -> Iterator[str]:
    """Load the reference data, compile the catalogues, gather the static files."""
    for label, rows in reference.load_all():
        if rows:
            yield f"reference data of {label}: {rows} rows written"
    if any(_is_stale(catalogue) for catalogue in settings.PACKAGE.rglob("django.po")):
        call_command("catalogues", "compile", verbosity=0, stdout=StringIO())
    call_command("collectstatic", verbosity=0, interactive=False)


def _is_stale(catalogue: Path) -> bool:
    """Say whether a catalogue must be compiled; an installed package brings it compiled, and is not written to."""
    binary = catalogue.with_suffix(".mo")
    return not binary.exists() or binary.stat().st_mtime < catalogue.stat().st_mtime


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
