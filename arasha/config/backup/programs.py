"""PostgreSQL's own pg_dump, pg_restore and psql, of the server's version; no password where others could see it."""

import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Self

import psycopg
from django.conf import settings
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from arasha.config.backup.errors import NoProgram, ProgramFailed
from arasha.config.postgres import binaries

NEEDED = ("pg_dump", "pg_restore", "psql")
FROM_OUTSIDE = ("PATH", "HOME", "LANG", "TZ", "PGSSLROOTCERT", "PGSSLCERT", "PGSSLKEY", "PGPASSFILE", "PGSERVICEFILE")


@dataclass(frozen=True)
class Target:
    """One database and how to log in to it."""

    url: str

    @classmethod
    def of_owner(cls) -> Self:
        """Return the database as its owner, as Django's settings name it."""
        chosen: dict[str, Any] = settings.DATABASES["owner"]
        options = {name: value for name, value in chosen["OPTIONS"].items() if name != "server_side_binding"}
        names = {"dbname": "NAME", "user": "USER", "host": "HOST", "port": "PORT"}
        names |= {"password": "PASSWORD"}  # pragma: allowlist secret
        given: dict[str, Any] = {name: chosen[key] for name, key in names.items() if chosen[key]}
        return cls(make_conninfo("", **{**options, **given}))

    def without_password(self) -> str:
        """Return what a program's arguments may show."""
        shown = {name: value for name, value in conninfo_to_dict(self.url).items() if name != "password"}
        return make_conninfo("", **shown)

    @property
    def database(self) -> str:
        """The database's name."""
        return str(conninfo_to_dict(self.url).get("dbname", ""))

    def connect(self) -> psycopg.Connection[Any]:
        """Return a connection in autocommit."""
        return psycopg.connect(self.url, autocommit=True, connect_timeout=10, application_name="arasha-backup")

    @contextmanager
    def login(self) -> Iterator[tuple[dict[str, str], tuple[int, ...]]]:
        """Give the environment and the descriptors with which a program logs in: the password is on no disk."""
        known = _known()
        password = conninfo_to_dict(self.url).get("password")
        if not password:
            yield known, ()
            return
        escaped = str(password).replace("\\", "\\\\").replace(":", "\\:")
        descriptor = os.memfd_create("arasha-passfile", 0)
        try:
            os.fchmod(descriptor, 0o600)
            os.write(descriptor, f"*:*:*:*:{escaped}\n".encode())
            yield {**known, "PGPASSFILE": f"/proc/self/fd/{descriptor}"}, (descriptor,)
        finally:
            os.close(descriptor)


def server_version(connection: psycopg.Connection[Any]) -> int:
    """Return the server's major version."""
    return connection.info.server_version // 10_000


def find(major: int, *, newer: bool = False) -> Path:
    """Return the folder of the programs of a major version; raises NoProgram.

    Of the very version: a newer pg_dump writes what an older server does not take back. `newer`: for reading only.
    """
    named = os.environ.get("ARASHA_POSTGRES_BIN")
    found: dict[int, Path] = {}
    for folder in [Path(named)] if named else binaries.candidates():
        if all(os.access(folder / name, os.X_OK) for name in NEEDED):
            found.setdefault(binaries.major_of(folder / "pg_dump"), folder)
    fitting = sorted(version for version in found if version == major or (newer and version > major))
    if fitting:
        return found[fitting[0]]
    where = f"in {named} (ARASHA_POSTGRES_BIN)" if named else "in this environment or under /usr/lib/postgresql"
    raise NoProgram(
        f"The server is PostgreSQL {major}, and no pg_dump of that version is {where}. Install the package "
        f"`postgresql-client-{major}`, or name its bin folder in ARASHA_POSTGRES_BIN."
    )


@dataclass
class Run:
    """A running program and what it says on standard error."""

    process: "subprocess.Popen[bytes]"
    told: IO[bytes]

    @property
    def stdin(self) -> IO[bytes]:
        """Where the program reads."""
        assert self.process.stdin is not None  # noqa: S101 - for the type checker
        return self.process.stdin

    @property
    def stdout(self) -> IO[bytes]:
        """Where the program writes."""
        assert self.process.stdout is not None  # noqa: S101 - for the type checker
        return self.process.stdout

    def demand_success(self, what: str) -> None:
        """Wait for the end; raises ProgramFailed with the program's first words when it failed."""
        if self.process.wait() != 0:
            raise ProgramFailed(f"{what}: {self.first_words()}")

    def first_words(self) -> str:
        """Return the first line that tells of an error: what is said of rows comes after it."""
        self.told.seek(0)
        lines = self.told.read(4000).decode(errors="replace").strip().splitlines()
        errors = [line for line in lines if re.search(r"\b(ERROR|FATAL|PANIC|error):", line)]
        return next(iter(errors or lines), f"it ended with status {self.process.returncode}")


@contextmanager
def started(
    command: Sequence[str], target: Target | None = None, *, stdout: int, stdin: int = subprocess.DEVNULL
) -> Iterator[Run]:
    """Start a program; when the block ends early it is killed, so that nothing half done is committed."""
    errors = os.memfd_create("arasha-errors", os.MFD_CLOEXEC)
    login = target.login() if target else nullcontext((_known(), ()))
    with os.fdopen(errors, "w+b") as told, login as (environment, descriptors):
        process = subprocess.Popen(  # noqa: S603
            list(command),
            env=environment,
            pass_fds=descriptors,
            stdin=stdin,
            stdout=stdout,
            stderr=told,
            start_new_session=True,
        )
        try:
            yield Run(process, told)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    with suppress(BrokenPipeError):
                        pipe.close()


def _known() -> dict[str, str]:
    """Return what the programs may know of our environment: no settings, so no secret."""
    return {name: value for name, value in os.environ.items() if name in FROM_OUTSIDE}
