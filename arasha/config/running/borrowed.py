"""A running database for a command: the operator's, the one that `arasha run` runs, or one started for the while."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connections

from arasha.config import environment
from arasha.config.postgres.errors import AlreadyRunning
from arasha.config.postgres.locks import Lock
from arasha.config.postgres.place import Place
from arasha.config.postgres.server import Server

ROLES = {"default": "arasha_app", "cache": "arasha_app", "owner": "arasha_owner"}


@contextmanager
def database(say: Callable[[str], None], *, alone: bool = False) -> Iterator[None]:
    """Give a running database; `alone`: AlreadyRunning when `arasha run` runs this installation.

    Raises LauncherError when the installation's own PostgreSQL does not start.
    """
    state = Path(settings.STATE)
    run = Lock(state / "run.lock")
    if alone and not run.take("a restore"):
        raise AlreadyRunning(f"Arasha runs: {run.holder()}. Stop it first. Nothing was done.")
    try:
        if environment.brings_database():
            yield
            return
        server = Server(Place(state))
        try:
            server.start()
        except AlreadyRunning:
            yield
            return
        say("PostgreSQL was started for this command")
        _refresh(server.place)
        try:
            yield
        finally:
            connections.close_all()
            server.stop()
    finally:
        run.release()


def _refresh(place: Place) -> None:
    """Let Django's connections use passwords that a first start has just made."""
    for alias, role in ROLES.items():
        settings.DATABASES[alias].update(environment.database(place.url(role), alias))
    settings.ARASHA_BACKUP_DATABASE_URL = place.url("arasha_backup")
