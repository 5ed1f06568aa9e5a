"""Where one cluster lies: its data, its socket, its log, and apart from them its passwords."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from arasha.config import secrets
from arasha.config.postgres.account import HOME, Account

SOCKET_PATH_LIMIT = 100  # bytes; the kernel's limit for a socket's path is 107
SOCKET_NAME = ".s.PGSQL.5432"
SUPERUSER = "postgres"
DATABASE = "arasha"


def state_folder(checkout: Path) -> Path:
    """Return where an installation keeps its state when ARASHA_STATE does not say so.

    An ordinary user's is `var/` in the checkout, or a folder at home for a package that was installed. Root's is
    under /var/lib/arasha: PostgreSQL then runs under another account, which may be unable to enter the checkout.
    """
    if os.geteuid() == 0:
        return HOME / hashlib.sha256(os.fsencode(checkout)).hexdigest()[:8]
    if (checkout / "pyproject.toml").exists():
        return checkout / "var"
    return Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state") / "arasha"


@dataclass(frozen=True)
class Place:
    """The folders and files of one cluster under a state folder."""

    state: Path

    @property
    def folder(self) -> Path:
        """The account's folder, 0700, with everything that PostgreSQL touches."""
        return self.state / "postgres"

    @property
    def data(self) -> Path:
        """The data folder."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.folder / "server.log"

    @property
    def passwords(self) -> Path:
        """The folder of the passwords, apart from the data, so that a copy of the data opens nothing."""
        return self.state / "passwords"

    @property
    def socket(self) -> Path:
        """The socket's folder, 0700; elsewhere when the state folder's path is too long for a socket."""
        folder = self.folder / "socket"
        if len(os.fsencode(folder / SOCKET_NAME)) < SOCKET_PATH_LIMIT:
            return folder
        key = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
        return Path("/tmp") / f"arasha-{os.geteuid()}-{key}"  # noqa: S108  made 0700 and checked by make_folder

    def prepare(self, account: Account) -> None:
        """Make the folders; parents that exist are left as they are."""
        self.state.mkdir(mode=0o755, parents=True, exist_ok=True)
        account.check_reach(self.folder)
        account.make_folder(self.folder)
        account.make_folder(self.socket)
        Account(os.geteuid(), os.getegid()).make_folder(self.passwords)

    def password(self, role: str) -> str:
        """Return a role's password, or raise FileNotFoundError."""
        return (self.passwords / role).read_text()

    def make_password(self, role: str) -> str:
        """Return a role's password; a random one is made and kept (0600) when there is none."""
        return secrets.make(self.passwords / role)

    def url(self, role: str, database: str = DATABASE) -> str:
        """Return the DSN with which a role logs in; raises FileNotFoundError when it has no password yet."""
        host = quote(str(self.socket), safe="")
        return f"postgresql://{role}:{quote(self.password(role), safe='')}@/{quote(database)}?host={host}"


def embedded_url(state: Path, role: str) -> str:
    """Return the DSN of an installation's own PostgreSQL; without a password while there is no such cluster."""
    try:
        return Place(state).url(role)
    except (FileNotFoundError, PermissionError):
        return f"postgresql://{role}@/{DATABASE}"
