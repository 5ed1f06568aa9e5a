"""The benches' own PostgreSQL, kept beside the installation's state with the data of one tree and one scale."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from arasha.config.postgres.place import SUPERUSER, Place, state_folder
from arasha.config.postgres.server import Server

ROOT = Path(__file__).resolve().parents[1]
SECRET_KEY = "the benches' own key, no secret at all, long enough for Django"  # noqa: S105
# What a server of 4 GB would be given; everything that makes a commit durable stays on.
SETTINGS = {"shared_buffers": "1GB", "max_wal_size": "4GB", "work_mem": "16MB", "autovacuum": "off"}
MIGRATE = """
import django
from django.core.management import call_command
django.setup()
call_command("migrate", verbosity=0)
call_command("load_reference")
"""


def scale() -> int:
    """Return how many dossiers there are: a million, or what ARASHA_BENCH_SCALE says."""
    return int(os.environ.get("ARASHA_BENCH_SCALE") or 1_000_000)


def folder() -> Path:
    """Return where everything of the benches lies."""
    return Path(os.environ.get("ARASHA_STATE") or state_folder(ROOT)) / "bench"


def key() -> str:
    """Return a digest over what shapes the data: migrations, the reference data they rest on, the benches' scripts."""
    digest = hashlib.sha256()
    package = ROOT / "arasha"
    shaping = [path for path in package.rglob("*") if "migrations" in path.parts]
    for part in ("kernel/access", "kernel/territory", "protocols"):
        shaping += [path for path in (package / part / "data").iterdir() if path.name != "catalogue.txt"]
    for path in sorted([*shaping, *(ROOT / "benches" / "sql").iterdir()]):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(ROOT)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:8]


class Bench:
    """The running cluster and the database that the figures are measured on."""

    def __init__(self, server: Server, name: str) -> None:
        self.place = server.place
        self.server = server
        self.name = name

    def url(self, role: str) -> str:
        """Return the DSN of a role."""
        return self.place.url(f"arasha_{role}", self.name)

    def superuser(self) -> "psycopg.Connection[tuple[object, ...]]":
        """Return a superuser's connection in autocommit: row security is not for it."""
        return psycopg.connect(
            self.place.url(SUPERUSER, self.name), autocommit=True, prepare_threshold=None, options="-c timezone=UTC"
        )

    def variables(self, name: str) -> dict[str, str]:
        """Return the environment in which Arasha uses this database."""
        state = self.place.state / name
        return {
            "DJANGO_SETTINGS_MODULE": "arasha.config.settings",
            "ARASHA_STATE": str(state),
            "ARASHA_KEYS": str(state / "keys"),
            "ARASHA_SECRET_KEY": SECRET_KEY,
            "ARASHA_DATABASE_URL": self.place.url("arasha_app", name),
            "ARASHA_OWNER_DATABASE_URL": self.place.url("arasha_owner", name),
        }

    def exists(self) -> bool:
        """Say whether the data were made before."""
        with self.server.connect() as connection:
            return connection.execute("SELECT FROM pg_database WHERE datname = %s", [self.name]).fetchone() is not None

    def create(self, name: str) -> None:
        """Make an empty database of this tree with its reference data, in place of an earlier half-made one."""
        with self.server.connect() as connection:
            for (old,) in connection.execute("SELECT datname FROM pg_database").fetchall():
                if old.startswith("half_") or (old.startswith("bench_") and old.endswith(f"_{scale()}")):
                    connection.execute(f'DROP DATABASE "{old}" WITH (FORCE)'.encode())
            connection.execute(f"CREATE DATABASE {name} TEMPLATE arasha OWNER arasha_owner".encode())
            connection.execute(f"GRANT CONNECT ON DATABASE {name} TO arasha_app, arasha_public".encode())
        subprocess.run(  # noqa: S603
            [sys.executable, "-c", MIGRATE],
            cwd=ROOT,
            env={**os.environ, **self.variables(name)},
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def rename(self, half: str) -> None:
        """Let a filled database be the one that is measured."""
        with self.server.connect() as connection:
            connection.execute(f"ALTER DATABASE {half} RENAME TO {self.name}".encode())


@contextmanager
def running() -> Iterator[Bench]:
    """Start the benches' PostgreSQL and stop it afterwards."""
    server = Server(Place(folder()), SETTINGS)
    server.start()
    try:
        yield Bench(server, f"bench_{key()}_{scale()}")
    finally:
        server.stop()
