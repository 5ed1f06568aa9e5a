"""The tests' own PostgreSQL: one cluster a test session, one template database for an unchanged tree.

Several sessions of one checkout may run at once: each takes the first free slot, and a slot's template is
kept for the next session. Nothing here outlives a crash, so durability is off.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

from arasha.config.postgres.errors import AlreadyRunning
from arasha.config.postgres.place import Place, state_folder
from arasha.config.postgres.server import Server

ROOT = Path(__file__).resolve().parents[1]
SLOTS = 8
SECRET_KEY = "the tests' own key, no secret at all, long enough for Django"
TESTER = "arasha_tester"
MARK = "ARASHA_TEST_CLUSTER"  # environment variable: state folder and template, for xdist's workers
FILL = """
import os, django
from django.core.management import call_command
os.environ["DJANGO_SETTINGS_MODULE"] = "arasha.config.settings"
django.setup()
call_command("migrate", verbosity=0)
call_command("load_reference")
"""
MEMORY = Path("/dev/shm")  # noqa: S108  the folder made there is checked to be ours
ROOM = 3 * 2**30  # bytes
QUICK = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "1h",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "128MB",
}


class Cluster:
    """A running test cluster and its template database."""

    def __init__(self, place: Place, template: str, server: Server | None = None):
        self.place = place
        self.template = template
        self._server = server

    @classmethod
    def started(cls) -> "Cluster":
        """Start a cluster in the first free slot and make its template when the tree has changed."""
        base = test_state()
        version = os.environ.get("ARASHA_TEST_POSTGRES_BIN")
        if version:
            os.environ["ARASHA_POSTGRES_BIN"] = version
            base = base / hashlib.sha256(version.encode()).hexdigest()[:4]
        for slot in range(1, SLOTS + 1):
            server = Server(Place(base / str(slot)), QUICK)
            try:
                server.start()
            except AlreadyRunning:
                continue
            try:
                cluster = cls(server.place, f"template_{tree_key()}", server)
                cluster._tidy()
                cluster._make_template()
            except BaseException:
                server.stop()
                raise
            return cluster
        raise AlreadyRunning(f"{SLOTS} test sessions of {ROOT} run already.")

    def stop(self) -> None:
        """Stop the server if this object started it."""
        if self._server is not None:
            self._server.stop()

    def mark(self) -> str:
        """Return what another process needs to join: for `Cluster.joined`."""
        return f"{self.place.state}\n{self.template}"

    @classmethod
    def joined(cls, mark: str) -> "Cluster":
        """Return the cluster that another process of this session started."""
        state, template = mark.split("\n")
        return cls(Place(Path(state)), template)

    def sql(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run one statement as the superuser, outside every transaction."""
        with Server(self.place).connect(database) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def clone(self) -> str:
        """Make a database from the template and return its name."""
        name = f"clone_{uuid4().hex[:12]}"
        self._copy(self.template, name)
        return name

    def become(self, name: str, other: str) -> None:
        """Let a clone be what another database is now; nobody may be connected to that one."""
        self.drop(name)
        self._copy(other, name)

    def drop(self, name: str) -> None:
        """Drop a clone, whoever is still connected."""
        self.sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _copy(self, source: str, name: str) -> None:
        self.sql(f"CREATE DATABASE {name} TEMPLATE {source} OWNER arasha_owner")
        self._grant(name)

    def _grant(self, name: str) -> None:
        """Repeat what CREATE DATABASE does not copy: who may connect."""
        logins = f"arasha_app, arasha_public, arasha_reader, arasha_backup, {TESTER}"
        self.sql(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
        self.sql(f"GRANT CONNECT ON DATABASE {name} TO {logins}")

    def _tidy(self) -> None:
        """Drop what a killed session left, and templates of other trees."""
        for (name,) in self.sql(
            "SELECT datname FROM pg_database WHERE datname LIKE 'clone%' OR datname LIKE 'half%' "
            f"OR (datname LIKE 'template\\_%' AND datname <> '{self.template}')"
        ):
            self.drop(str(name))

    def _make_template(self) -> None:
        """Migrate and load the reference data into a new template, unless the slot has it already."""
        if self.sql(f"SELECT 1 FROM pg_database WHERE datname = '{self.template}'"):
            return
        # The tester may become any of the others, and is none of them by itself (NOINHERIT).
        self.sql(f"DO $$ BEGIN IF to_regrole('{TESTER}') IS NULL THEN CREATE ROLE {TESTER}; END IF; END $$")
        self.sql(f"ALTER ROLE {TESTER} LOGIN NOINHERIT PASSWORD '{self.place.make_password(TESTER)}'")
        self.sql(f"GRANT arasha_app, arasha_public, arasha_reader, arasha_owner, arasha_definer TO {TESTER}")
        half = f"half_{uuid4().hex[:12]}"
        self.sql(f"CREATE DATABASE {half} TEMPLATE arasha OWNER arasha_owner")
        self._grant(half)
        environment = {
            **os.environ,
            "ARASHA_DATABASE_URL": self.place.url("arasha_app", half),
            "ARASHA_OWNER_DATABASE_URL": self.place.url("arasha_owner", half),
            "ARASHA_KEYS": str(self.place.state / "keys"),
            "ARASHA_SECRET_KEY": SECRET_KEY,
        }
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", FILL], cwd=ROOT, env=environment, text=True, capture_output=True, check=False
        )
        if done.returncode:
            self.drop(half)
            raise RuntimeError(f"the template could not be made:\n{done.stdout}{done.stderr}")
        self.sql("VACUUM (ANALYZE)", half)
        self.sql(f"ALTER DATABASE {half} RENAME TO {self.template}")


def test_state() -> Path:
    """Return where the test clusters lie: in memory where there is room (a clone is then ten times as quick)."""
    named = os.environ.get("ARASHA_TEST_STATE")
    if named:
        return Path(named)
    key = hashlib.sha256(os.fsencode(ROOT)).hexdigest()[:8]
    folder = MEMORY / f"arasha-{os.geteuid()}-{key}"
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        folder.mkdir(mode=0o755, exist_ok=True)
        if folder.lstat().st_uid == os.geteuid() and not folder.is_symlink():
            return folder
    return state_folder(ROOT) / "test"


def tree_key() -> str:
    """Return a digest over everything that shapes the template: migrations, their SQL, models, reference data."""
    digest = hashlib.sha256()
    wiring = [ROOT / "arasha/config/settings.py", ROOT / "arasha/config/postgres/roles.py", Path(__file__)]
    shaping = [
        path
        for path in (ROOT / "arasha").rglob("*")
        if {"migrations", "data"} & set(path.parts)
        or path.name in {"rules.py", "models.py", "reference.py", "apps.py"}
        or {"rules", "models", "reference"} & set(path.parts)
    ]
    for path in sorted([*wiring, *shaping]):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(f"{path.relative_to(ROOT)}\0".encode())
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]
