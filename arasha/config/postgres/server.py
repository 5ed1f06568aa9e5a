"""One PostgreSQL server: started as our own child, ready when it answers, stopped in order."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

import psycopg

from arasha.config.postgres import creation, leftovers, roles
from arasha.config.postgres.account import HOME, Account, current
from arasha.config.postgres.binaries import Binaries
from arasha.config.postgres.errors import AlreadyRunning, DidNotStart
from arasha.config.postgres.locks import Lock
from arasha.config.postgres.parentage import end_with_parent
from arasha.config.postgres.place import DATABASE, SUPERUSER, Place

PATIENCE = 300.0  # seconds: recovery after a crash may take long; an end of the child is seen at once
LEFTOVERS = 15.0  # seconds for the backends of a killed server to notice and end
STILL_HELD = "pre-existing shared memory block"
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "password_encryption": "scram-sha-256",  # pragma: allowlist secret
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    # The log must hold no personal data: no statements, no parameters, no details of rows.
    # An error's own text quotes values ("invalid input syntax …"): errors are the application's to log, by SQLSTATE.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
}
LOG_LIMIT = 16 * 2**20  # bytes; a longer log begins anew at a start


class Server:
    """The cluster of one place, started and stopped by this process."""

    def __init__(self, place: Place, settings: Mapping[str, str] | None = None, shelf: Path = HOME / "postgresql"):
        self.place = place
        self.settings = {**SETTINGS, **(settings or {})}
        self.shelf = shelf
        self.process: subprocess.Popen[bytes] | None = None
        self._lock = Lock(place.state / "postgres.lock")
        self._log_began = 0

    def start(self) -> None:
        """Start the server, making the cluster and its roles when they are missing; raises LauncherError."""
        if not self._lock.take():
            raise AlreadyRunning(f"Another process runs the database in {self.place.state} ({self._lock.holder()}).")
        try:
            self._start()
        except (OSError, psycopg.Error) as error:
            self.stop()
            raise creation.failure(f"PostgreSQL could not be started in {self.place.folder}.", str(error)) from error
        except BaseException:
            self.stop()
            raise

    def _start(self) -> None:
        account = current()
        self.place.prepare(account)
        binaries = creation.choose_binaries(self.place, account, self.shelf)
        if self.place.data.exists():
            leftovers.clear(self.place)
            creation.check_room(self.place.folder, creation.ROOM_TO_START)
        else:
            creation.create(self.place, account, binaries)
        self._launch_until_ready(account, binaries)
        self._furnish(binaries)

    def _launch_until_ready(self, account: Account, binaries: Binaries) -> None:
        """Start the server and wait for it; a killed server's backends may hold its shared memory for a moment."""
        deadline = time.monotonic() + LEFTOVERS
        while True:
            self._launch(account, binaries)
            try:
                self._wait()
            except DidNotStart as error:
                if STILL_HELD not in str(error) or time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
            else:
                return

    def _launch(self, account: Account, binaries: Binaries) -> None:
        """Start `postgres` as a child in a session of its own, which ends when this process ends."""
        settings = {**self.settings, "unix_socket_directories": str(self.place.socket)}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        parent = os.getpid()

        with self._open_log(account) as log:
            self._log_began = log.seek(0, os.SEEK_END)
            self.process = subprocess.Popen(  # noqa: S603
                [binaries.program("postgres"), "-D", str(self.place.data), *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=creation.ENVIRONMENT,
                cwd="/",
                start_new_session=True,
                # A fast shutdown when this process dies. No other thread runs here.
                preexec_fn=lambda: end_with_parent(parent, signal.SIGINT),  # noqa: PLW1509
                **account.popen_arguments(),
            )

    def _open_log(self, account: Account) -> BinaryIO:
        """Open the log for appending, 0600; a long one begins anew."""
        path = self.place.log
        long = path.exists() and path.stat().st_size > LOG_LIMIT
        extra = os.O_NOFOLLOW | (os.O_TRUNC if long else 0)
        log = open(path, "ab", opener=lambda name, flags: os.open(name, flags | extra, 0o600))  # noqa: SIM115
        os.fchown(log.fileno(), account.uid, account.gid)
        return log

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """Return a superuser's connection in autocommit."""
        return psycopg.connect(self.place.url(SUPERUSER, database), autocommit=True, connect_timeout=5)

    def _wait(self) -> None:
        """Return when a real connection answers; raises DidNotStart or DiskFull."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if not self.running():
                raise creation.failure("PostgreSQL ended while it started.", self.last_words())
            try:
                with self.connect() as connection:
                    connection.execute("SELECT 1")
                    return
            except psycopg.OperationalError as error:
                if "password authentication failed" in str(error):
                    raise DidNotStart(
                        f"The password in {self.place.passwords} does not open the database in {self.place.data}."
                    ) from error
                time.sleep(0.02)
        raise creation.failure(f"PostgreSQL gave no connection within {PATIENCE:.0f} s.", self.last_words())

    def _furnish(self, binaries: Binaries) -> None:
        """Bring roles, passwords, the database and its extensions to what this version needs."""
        passwords = {role: self.place.make_password(role) for role in roles.LOGINS}
        with self.connect() as connection:
            roles.apply_roles(connection, passwords)
            known = connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if known is None:
                connection.execute(roles.create_database(DATABASE, binaries.version).encode())
        with self.connect(DATABASE) as connection:
            connection.execute("SET client_min_messages = warning")
            roles.apply_database(connection, DATABASE)

    def running(self) -> bool:
        """Say whether the server's process lives."""
        return self.process is not None and self.process.poll() is None

    def last_words(self) -> str:
        """Return what the server has logged since it was last started, at most its last 4,000 bytes."""
        with self.place.log.open("rb") as log:
            log.seek(max(self._log_began, self.place.log.stat().st_size - 4000))
            return log.read().decode(errors="replace")

    def stop(self) -> None:
        """Stop the server: fast shutdown, after 30 s immediate, at last by force; then let go of the lock."""
        if self.process is not None:
            for how, patience in ((signal.SIGINT, 30.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0)):
                if not self.running():
                    break
                self.process.send_signal(how)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    self.process.wait(patience)
            self.process = None
        self._lock.release()
