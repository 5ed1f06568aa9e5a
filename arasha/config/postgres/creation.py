"""Makes a data folder, or says why the one that is there can't be used."""

import os
import shutil
import subprocess
from pathlib import Path

from arasha.config.postgres import binaries as programs
from arasha.config.postgres.account import Account
from arasha.config.postgres.binaries import Binaries
from arasha.config.postgres.errors import DidNotStart, DiskFull, ForeignDataFolder, NoBinaries, WrongVersion
from arasha.config.postgres.place import SUPERUSER, Place

ROOM_TO_CREATE = 400 * 2**20  # bytes: a new cluster with its first write-ahead log and the reference data
ROOM_TO_START = 64 * 2**20  # bytes: room for recovery to write
ENVIRONMENT = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC"}
FULL = ("No space left on device", "Disk quota exceeded", "File too large", "File size limit exceeded")
AUTHENTICATION = "# Made by Arasha: the socket only, a password always, no replication.\nlocal all all scram-sha-256\n"


def check_room(path: Path, needed: int) -> None:
    """Raise DiskFull when fewer than `needed` bytes are free at a path."""
    free = shutil.disk_usage(path).free
    if free < needed:
        raise DiskFull(
            f"The disk of {path} is full: {free // 2**20} MB are free, the database needs {needed // 2**20} MB. "
            "Nothing was changed. Make room and start again."
        )


def version_of(place: Place, account: Account) -> int | None:
    """Return the major version of the data folder, None when there is none yet.

    Raises ForeignDataFolder when something else is in its place.
    """
    if not place.data.exists():
        return None
    marker = place.data / "PG_VERSION"
    if not marker.is_file():
        raise ForeignDataFolder(
            f"{place.data} is not a PostgreSQL data folder. It was left as it is. "
            "Move it away, or choose another ARASHA_STATE."
        )
    if place.data.stat().st_uid != account.uid:
        raise ForeignDataFolder(
            f"{place.data} belongs to uid {place.data.stat().st_uid}, and PostgreSQL would run as uid {account.uid}. "
            "It was left as it is. Start as its owner, or choose another ARASHA_STATE."
        )
    if not (place.passwords / SUPERUSER).exists():
        raise ForeignDataFolder(
            f"{place.data} is not this installation's: its password is not in {place.passwords}. "
            "It was left as it is. Bring the password back, move the data away, or choose another ARASHA_STATE."
        )
    return int(marker.read_text().strip() or 0)


def choose_binaries(place: Place, account: Account, shelf: Path) -> Binaries:
    """Return programs of the data folder's version, or the best ones for a new folder; raises WrongVersion."""
    version = version_of(place, account)
    try:
        found = programs.find(version)
    except NoBinaries as error:
        if version is None:
            raise
        raise WrongVersion(
            f"{place.data} was made by PostgreSQL {version}, which is not on this machine. It was left as it is. "
            f"{error} Or move the data with pg_dump and pg_restore."
        ) from error
    return found if account.uid == os.geteuid() else programs.for_account(found, shelf)


def create(place: Place, account: Account, binaries: Binaries) -> None:
    """Make the data folder in one step: a half-made one is never taken for whole.

    Raises DiskFull or DidNotStart.
    """
    check_room(place.folder, ROOM_TO_CREATE)
    half = place.folder / "data.new"
    if half.exists():
        shutil.rmtree(half)
    password_file = place.folder / "password"
    password_file.unlink(missing_ok=True)
    descriptor = os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(place.make_password(SUPERUSER))
    os.chown(password_file, account.uid, account.gid)
    try:
        _initdb(half, account, binaries, password_file)
    finally:
        password_file.unlink()
    rules = half / "pg_hba.conf"
    rules.write_text(AUTHENTICATION)
    half.rename(place.data)


def _initdb(folder: Path, account: Account, binaries: Binaries, password_file: Path) -> None:
    """Run initdb with C.UTF-8: the class of a letter by Unicode, the order by bytes, the same everywhere."""
    provider = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if binaries.version >= 17 else []
    done = subprocess.run(  # noqa: S603
        [
            *(binaries.program("initdb"), "--pgdata", str(folder), "--username", SUPERUSER),
            *("--pwfile", str(password_file), "--auth=scram-sha-256", "--encoding=UTF8"),
            *provider,
            *("--locale=C.UTF-8", "--no-instructions", "--no-sync"),
        ],
        capture_output=True,
        text=True,
        env=ENVIRONMENT,
        cwd="/",
        check=False,
        **account.popen_arguments(),
    )
    if done.returncode:
        raise failure(f"The database could not be created in {folder.parent}.", done.stdout + done.stderr)


def failure(what: str, output: str) -> DidNotStart | DiskFull:
    """Return the error that PostgreSQL's last lines tell of."""
    lines = "\n".join(output.strip().splitlines()[-8:])
    if any(word in output for word in FULL):
        return DiskFull(f"{what} The disk is full (or a quota is). Make room and start again.\n{lines}")
    return DidNotStart(f"{what}\n{lines}")
