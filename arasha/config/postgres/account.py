"""Under which account PostgreSQL runs: one's own, or `arasha` when one is root (PostgreSQL refuses root)."""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from arasha.config.postgres.errors import AccountUnusable

NAME = "arasha"
HOME = Path("/var/lib/arasha")


@dataclass(frozen=True)
class Account:
    """The uid and gid that own the data folder and run the server."""

    uid: int
    gid: int

    def popen_arguments(self) -> dict[str, Any]:
        """Return what makes a child process run under this account and no other group."""
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def make_folder(self, path: Path) -> None:
        """Make a folder that only this account enters, or check that an existing one is such.

        Raises AccountUnusable when it exists and is a link, is somebody else's or is open to others.
        """
        try:
            path.mkdir(mode=0o700)
        except FileExistsError:
            found = path.lstat()
            if not stat.S_ISDIR(found.st_mode) or found.st_uid != self.uid or found.st_mode & 0o077:
                raise AccountUnusable(
                    f"{path} must be a folder that only uid {self.uid} may enter (mode 0700). It was left as it is."
                ) from None
        else:
            os.chown(path, self.uid, self.gid)

    def check_reach(self, path: Path) -> None:
        """Raise AccountUnusable when a parent folder is closed to this account; nothing is opened for it."""
        for parent in path.parents:
            if not parent.exists():
                continue
            found = parent.stat()
            needed = 0o100 if found.st_uid == self.uid else 0o010 if found.st_gid == self.gid else 0o001
            if not found.st_mode & needed:
                raise AccountUnusable(
                    f"PostgreSQL runs as uid {self.uid} and can't pass {parent} to reach {path}. "
                    "Nothing was changed. Choose a folder that it can reach in ARASHA_STATE."
                )


def current() -> Account:
    """Return the account for PostgreSQL; as root, the system user `arasha`, made when it is missing."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    try:
        entry = pwd.getpwnam(NAME)
    except KeyError:
        _make_user()
        entry = pwd.getpwnam(NAME)
    return Account(entry.pw_uid, entry.pw_gid)


def _make_user() -> None:
    """Make the system user without a password, a shell or a home of its own."""
    program = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin")
    if program is None:
        raise AccountUnusable(f"There is no user {NAME} and no `useradd` to make it. Install the package `passwd`.")
    arguments = ["--system", "--user-group", "--no-create-home", "--home-dir", str(HOME)]
    done = subprocess.run(  # noqa: S603
        [program, *arguments, "--shell", "/usr/sbin/nologin", NAME], capture_output=True, text=True, check=False
    )
    try:
        pwd.getpwnam(NAME)  # another start may have made it in the meantime
    except KeyError:
        raise AccountUnusable(f"The user {NAME} could not be made: {done.stderr.strip()}") from None
