"""What `arasha check --deploy` asks of the database, the clock and the disk."""

import ctypes
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
from django.core.checks import CheckMessage, Error, Warning
from django.db import DatabaseError, connection

from arasha.config.postgres.roles import LOGINS
from arasha.config.restoring.doors import READ
from arasha.config.soundness.figures import database_now, watched
from arasha.kernel.access.queries import catalogue
from arasha.kernel.worktime.queries import clock_ahead, instance_kind

# What keeps names out of the server's log (docs/operate.md).
LOGGING = {
    "log_min_messages": ("log", "fatal", "panic"),
    "log_min_error_statement": ("panic",),
    "log_error_verbosity": ("terse",),
    "log_parameter_max_length": ("0",),
    "log_parameter_max_length_on_error": ("0",),
    "log_statement": ("none", "ddl"),
}
SLOW = ("log_min_duration_statement", "log_min_duration_sample")
ROLES = """SELECT rolname FROM pg_roles WHERE rolname = ANY(%s) AND (rolsuper OR rolcreaterole OR rolcreatedb
OR rolreplication OR (rolbypassrls AND rolname <> 'arasha_backup')) ORDER BY 1"""
CLOCKS_APART = timedelta(seconds=2)
ROOM = 5 * 2**30
UNSYNCHRONISED = 5  # adjtimex(2): TIME_ERROR


def database() -> Iterator[CheckMessage]:
    """Check the database, or say that it does not answer."""
    try:
        yield from _kind()
        yield from _logging()
        yield from _rights()
        yield from _transport()
        yield from _clocks()
    except (DatabaseError, psycopg.Error) as problem:
        yield Error(
            f"The database does not answer as it should ({type(problem.__cause__ or problem).__name__}).",
            hint="Start it, run `arasha prepare`, then check again.", id="arasha.D040",
        )  # fmt: skip


def _kind() -> Iterator[CheckMessage]:
    kind = instance_kind()
    if kind != "production":
        yield Error(
            f"This instance is for {kind}: made-up people whom one click lets in, a clock that can be moved.",
            hint="Real children need a new database, prepared with ARASHA_INSTANCE_KIND=production.", id="arasha.D041",
        )  # fmt: skip
    if clock_ahead():
        yield Error("The clock of this instance was moved on.", hint="Use a new database.", id="arasha.D042")
    with connection.cursor() as cursor:
        cursor.execute(READ)
        if cursor.fetchone()[0].startswith("arasha: closed"):
            yield Error("A restore is not finished.", hint="`arasha restore` goes on.", id="arasha.D043")


def _logging() -> Iterator[CheckMessage]:
    for name, allowed in LOGGING.items():
        value = _setting(name)
        if value not in allowed:
            yield Error(
                f"PostgreSQL's {name} is {value}: its log would hold what people typed, names of children among it.",
                hint=f"ALTER SYSTEM SET {name} = '{allowed[0]}'; SELECT pg_reload_conf();", id="arasha.D044",
            )  # fmt: skip
    for name in SLOW:
        if _setting(name) not in {"-1", ""}:
            yield Error(
                f"PostgreSQL's {name} is on: slow statements are logged with what is in them.",
                hint=f"ALTER SYSTEM SET {name} = -1; SELECT pg_reload_conf();", id="arasha.D045",
            )  # fmt: skip


def _setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT setting FROM pg_settings WHERE name = %s", [name])
        row = cursor.fetchone()
        return str(row[0]) if row else ""


def _rights() -> Iterator[CheckMessage]:
    with connection.cursor() as cursor:
        cursor.execute(ROLES, [[*LOGINS, "arasha_definer"]])
        for (role,) in cursor.fetchall():
            yield Error(
                f"The role {role} may do more than it needs: row security does not hold it.",
                hint="Run the SQL that `arasha db roles` prints.", id="arasha.D046",
            )  # fmt: skip
        cursor.execute("SELECT current_user")
        if (user := cursor.fetchone()[0]) != "arasha_app":
            yield Error(f"ARASHA_DATABASE_URL logs in as {user}, not arasha_app.", hint="Mend it.", id="arasha.D047")
    reviewed = catalogue.reviewed()
    changed = [label for label, lines in catalogue.present().items() if lines != reviewed.get(label, [])]
    if changed:
        yield Error(
            f"Functions, policies or grants are not those that were reviewed: {', '.join(changed)}.",
            hint="Somebody changed the database by hand, or `arasha prepare` was not run.", id="arasha.D048",
        )  # fmt: skip


def _transport() -> Iterator[CheckMessage]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT inet_server_addr() IS NOT NULL AND NOT inet_server_addr() <<= '127.0.0.0/8'")
        far = bool(cursor.fetchone()[0])
        cursor.execute("SELECT coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false)")
        if far and not cursor.fetchone()[0]:
            yield Error(
                "The way to the database is unencrypted.",
                hint="Add ?sslmode=verify-full&sslrootcert=… to the DSNs.", id="arasha.D049",
            )  # fmt: skip


def _clocks() -> Iterator[CheckMessage]:
    apart = abs(database_now() - datetime.fromtimestamp(time.time(), UTC))
    if apart > CLOCKS_APART:
        yield Error(
            f"This machine's clock and the database's are {apart.total_seconds():.0f} s apart: deadlines are wrong.",
            hint="Let chrony or systemd-timesyncd keep both.", id="arasha.D050",
        )  # fmt: skip


def machine() -> Iterator[CheckMessage]:
    """Check the machine's clock and its disks."""
    if synchronised() is False:
        yield Warning(
            "Nothing keeps this machine's clock: deadlines and second factors hang on it.",
            hint="Install chrony, or `timedatectl set-ntp true`.", id="arasha.D051",
        )  # fmt: skip
    for name, folder in watched():
        there = next(place for place in [folder, *folder.parents] if place.exists())
        if shutil.disk_usage(there).free < ROOM:
            yield Warning(
                f"The disk of the {name} ({there}) has less than {ROOM // 2**30} GB free.",
                hint="Make room before it stops the work.", id="arasha.D052",
            )  # fmt: skip
    swaps = Path("/proc/swaps")  # not there in a hardened unit, where memory may not be swapped anyway
    if swaps.exists() and swaps.read_text().count("\n") > 1:
        yield Warning(
            "The machine swaps: keys that are in memory may come onto a disk.",
            hint="swapoff -a, or encrypt the swap.", id="arasha.D053",
        )  # fmt: skip


def synchronised() -> bool | None:
    """Say whether the kernel's clock is kept by somebody, None when it does not tell."""
    buffer: Any = ctypes.create_string_buffer(512)  # struct timex with modes 0: only asks
    state = ctypes.CDLL(None).adjtimex(buffer)
    return None if state < 0 else state != UNSYNCHRONISED
