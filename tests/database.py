"""What tests need of the database: build as the owner, attack with a true login, commit in a clone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, connections, transaction

from arasha.config import environment
from arasha.config.postgres import binaries
from arasha.config.postgres.place import SUPERUSER
from tests.cluster import TESTER, Cluster


def settings_of(url: str) -> dict[str, Any]:
    """Return Django's settings for a DSN."""
    return environment.database(url, "the tests' DSN")


def postgres_program(name: str) -> str:
    """Return the path of pg_dump, pg_restore, psql … of the version that the tests run on."""
    return binaries.find().program(name)


def use(database: dict[str, Any], url: str, *, role: str = "") -> None:
    """Point one entry of DATABASES at a DSN, in place; `role` is what the session becomes at its start."""
    database.update({**settings_of(url), "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": False})
    if role:  # a startup option, so that RESET ROLE comes back to it
        database["OPTIONS"] = {**database["OPTIONS"], "options": f"-c role={role}"}


def use_for_rollback(cluster: Cluster, name: str) -> None:
    """Let Django's connections use one database of the cluster, `default` as arasha_app by SET ROLE."""
    use(settings.DATABASES["default"], cluster.place.url(TESTER, name), role="arasha_app")
    use(settings.DATABASES["owner"], cluster.place.url("arasha_owner", name))


@contextmanager
def as_owner() -> Iterator[None]:
    """Build what a test needs, inside its rolled-back transaction, past the row security of arasha_app.

    The session becomes arasha_owner, who owns every table and, as a member of arasha_definer, sees every row.
    Afterwards it is again who it was.
    """
    with as_role("arasha_owner"):
        yield


@contextmanager
def as_role(role: str) -> Iterator[None]:
    """Become another role (arasha_public, arasha_reader, arasha_definer, arasha_owner) for a while."""
    with transaction.atomic(), connection.cursor() as cursor:  # a failure rolls the role back, too
        cursor.execute("SELECT current_setting('role')")
        (before,) = cursor.fetchone()
        cursor.execute("SELECT set_config('role', %s, true)", [role])
        yield
        cursor.execute("SELECT set_config('role', %s, true)", [before])


@dataclass(frozen=True)
class ClonedDatabase:
    """A database of a test's own, with true logins; what is written stays until the test ends."""

    name: str
    app: str
    public: str
    owner: str
    reader: str
    backup: str
    superuser: str

    @classmethod
    def made(cls, cluster: Cluster) -> "ClonedDatabase":
        """Clone the template."""
        name = cluster.clone()
        logins = {role: cluster.place.url(f"arasha_{role}", name) for role in ("app", "public", "owner", "reader")}
        backup = cluster.place.url("arasha_backup", name)
        return cls(name=name, **logins, backup=backup, superuser=cluster.place.url(SUPERUSER, name))

    @contextmanager
    def as_default(self) -> Iterator[None]:
        """Let Django's connections, those of new threads too, use the clone: `default` logs in as arasha_app."""
        before = {alias: dict(settings.DATABASES[alias]) for alias in ("default", "owner")}
        connections.close_all()
        use(settings.DATABASES["default"], self.app)
        use(settings.DATABASES["owner"], self.owner)
        _forget_connections()
        try:
            yield
        finally:
            connections.close_all()
            for alias, chosen in before.items():
                settings.DATABASES[alias].clear()
                settings.DATABASES[alias].update(chosen)
            _forget_connections()


def _forget_connections() -> None:
    """Let the next use of an alias in this thread make a new connection from the settings."""
    for known in connections.all(initialized_only=True):
        del connections[known.alias]
