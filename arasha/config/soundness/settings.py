"""What `arasha check --deploy` asks of the settings: each finding says what, why, and how it is mended."""

import stat
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning

from arasha.config import environment, handing
from arasha.config.backup import places
from arasha.config.backup.errors import WrongPlace
from arasha.kernel.vault import actions as vault
from arasha.kernel.vault.queries import check_places
from arasha.kernel.vault.rules import VaultError

LOOPBACK = {"localhost", "127.0.0.1", "[::1]"}
BACKUP_AT_MOST = timedelta(hours=26)


def reach() -> Iterator[CheckMessage]:
    """Check how people reach the application."""
    if not settings.HTTPS:
        yield Error(
            "Passwords and files of children would cross the network in clear: ARASHA_HTTPS is off.",
            hint="Put a proxy that speaks TLS in front and set ARASHA_HTTPS=1.", id="arasha.D001",
        )  # fmt: skip
    if "*" in settings.ALLOWED_HOSTS or not set(settings.ALLOWED_HOSTS) - LOOPBACK:
        yield Error(
            f"ARASHA_HOSTS is {','.join(settings.ALLOWED_HOSTS)}: links could be made to lead to another host.",
            hint="Set it to the names under which people reach the application, and no others.", id="arasha.D002",
        )  # fmt: skip
    address = urlsplit(settings.ADDRESS)
    if address.scheme != "https" or address.hostname in {"localhost", "127.0.0.1", "::1", None}:
        yield Error(
            f"Links in letters begin with {settings.ADDRESS}, which nobody else can open.",
            hint="Set ARASHA_ADDRESS to the https address that people open.", id="arasha.D003",
        )  # fmt: skip
    if settings.HTTPS and not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        yield Warning(
            "ARASHA_PROXIES is 0: every request seems to come from the proxy, and its limits hit everybody at once.",
            hint="Set it to the number of your proxies, each of which must set X-Forwarded-For.", id="arasha.D004",
        )  # fmt: skip


def channels() -> Iterator[CheckMessage]:
    """Check mail, the virus scanner and where seals go."""
    if not settings.EMAIL_HOST:
        yield Warning(
            "No mail server is set: invitations are read off the screen, and notices stay in the application.",
            hint="Set ARASHA_SMTP_HOST and what belongs to it.", id="arasha.D010",
        )  # fmt: skip
    elif settings.SMTP_SECURITY == "none":
        yield Error(
            "Letters with invitations leave unencrypted: ARASHA_SMTP_SECURITY is none.",
            hint="Use starttls or tls.", id="arasha.D011",
        )  # fmt: skip
    if not settings.ARASHA_CLAMD:
        yield Warning(
            "No virus scanner is set: files that people send are kept and handed on unscanned, and each says so.",
            hint="Install clamav-daemon and set ARASHA_CLAMD.", id="arasha.D012",
        )  # fmt: skip
    if not settings.ARASHA_SEAL_COPY and not settings.ARASHA_SEAL_MAIL:
        yield Error(
            "The journal's seals stay with whoever runs the database, who could write journal and seals anew.",
            hint="Set ARASHA_SEAL_COPY or ARASHA_SEAL_MAIL to a place of a second organisation.", id="arasha.D013",
        )  # fmt: skip
    elif settings.ARASHA_SEAL_COPY and not Path(settings.ARASHA_SEAL_COPY).is_dir():
        yield Error(
            f"The second organisation's folder {settings.ARASHA_SEAL_COPY} is not there: no seal leaves.",
            hint="Connect it, then `arasha journal seal`.", id="arasha.D014",
        )  # fmt: skip


def keys() -> Iterator[CheckMessage]:
    """Check who reads the keys, beside what they lie, and how strong the secret is."""
    try:
        check_places(production=True, others=[("the backups", settings.ARASHA_BACKUPS)])
    except VaultError as problem:
        yield Error(
            f"Whoever gets that place has everything: {problem}.",
            hint="Move the keys to a disk of their own (0700, files 0600) and set ARASHA_KEYS.", id="arasha.D020",
        )  # fmt: skip
    if settings.ARASHA_KEYS.is_relative_to(Path(settings.STATE)):
        yield Warning(
            f"The keys lie in {settings.ARASHA_KEYS}, under the state folder: a copy of that folder takes both along.",
            hint="Set ARASHA_KEYS to another disk.", id="arasha.D021",
        )  # fmt: skip
    if not settings.ARASHA_KEY_SERVER:
        yield Warning(
            "The reporters' keys lie with the others: root of this machine alone could learn who reported.",
            hint="Run `arasha vault serve` under another user and set ARASHA_KEY_SERVER.", id="arasha.D022",
        )  # fmt: skip
    if handing.key_files() and not handing.is_copied():
        yield Error(
            "The keys were not copied since they last changed: with this disk every backup would be lost, too.",
            hint="arasha vault copy-rings --to MEDIUM, and lock it away.", id="arasha.D024",
        )  # fmt: skip
    if environment.text("ARASHA_SECRET_KEY") and len(settings.SECRET_KEY) < 50:
        yield Error(
            "ARASHA_SECRET_KEY is short: sessions and second factors hang on it.",
            hint="Unset it; `arasha prepare` makes one of 512 random bits.", id="arasha.D023",
        )  # fmt: skip


def backups() -> Iterator[CheckMessage]:
    """Check that there is a fresh backup, apart from the keys and from what it saves."""
    shelf = places.shelf()
    try:
        places.check_apart(shelf.folder)
    except WrongPlace as problem:
        yield Error(str(problem), hint="Set ARASHA_BACKUPS to another medium.", id="arasha.D030")
    names = shelf.names()
    if not names:
        yield Error(
            f"There is no backup in {shelf.folder}: one broken disk, and every file of every child is gone.",
            hint="Run `arasha backup` and let arasha-backup.timer do it each night.", id="arasha.D031",
        )  # fmt: skip
    elif _age(names[-1]) > BACKUP_AT_MOST:
        yield Error(
            f"The newest backup is {names[-1]}: what came after would be lost.",
            hint="Look why: `systemctl status arasha-backup`, then run `arasha backup`.", id="arasha.D032",
        )  # fmt: skip
    if not vault.key_backups():
        yield Error(
            "The key store was never copied: without it no backup can be read.",
            hint="`arasha backup` copies it, too.", id="arasha.D033",
        )  # fmt: skip
    if (
        shelf.folder.exists()
        and settings.ARASHA_FILES.exists()
        and _device(shelf.folder) == _device(settings.ARASHA_FILES)
    ):
        yield Warning(
            "Backups lie on the disk that they are to replace.",
            hint="Set ARASHA_BACKUPS to another machine's.", id="arasha.D034",
        )  # fmt: skip
    if shelf.folder.exists() and stat.S_IMODE(shelf.folder.stat().st_mode) & 0o077:
        yield Warning(
            f"{shelf.folder} is open to others.", hint=f"chmod 700 {shelf.folder}", id="arasha.D035",
        )  # fmt: skip


def _age(name: str) -> timedelta:
    """Return how old a backup is by this machine's clock: the database may be what is broken."""
    return datetime.fromtimestamp(time.time(), UTC) - places.moment_of(name)


def _device(folder: Path) -> int:
    """Return the disk of a folder, or of the nearest one above it that is there."""
    return next(place for place in [folder, *folder.parents] if place.exists()).stat().st_dev
