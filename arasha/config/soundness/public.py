"""What `arasha check --deploy` asks of the public's pages: their names in both processes, the rest in its own."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning
from django.db import DatabaseError, connection

from arasha.config.soundness.settings import LOOPBACK
from arasha.kernel.vault.queries import code_key, letter_key
from arasha.kernel.vault.rules import VaultError


def names() -> Iterator[CheckMessage]:
    """Check under which names the public reaches its pages."""
    hosts = set(settings.PUBLIC_HOSTS)
    if "*" in hosts or not hosts - LOOPBACK:
        yield Error(
            f"ARASHA_PUBLIC_HOSTS is {','.join(settings.PUBLIC_HOSTS)}: no child can tell anything, or under any name.",
            hint="Set it to the names under which everybody reaches the public pages, and no others.", id="arasha.D060",
        )  # fmt: skip
    if settings.SERVES == "staff" and (shared := hosts & set(settings.ALLOWED_HOSTS) - LOOPBACK):
        yield Error(
            f"The public's pages and the staff's share the name {', '.join(sorted(shared))}: cookies and what a browser"
            " remembers are the host's.",
            hint="Give the public's pages a name of their own in ARASHA_PUBLIC_HOSTS.", id="arasha.D061",
        )  # fmt: skip


def printed() -> Iterator[CheckMessage]:
    """Check that what is printed on slips leads to the public's pages."""
    if settings.SERVES == "staff" and urlsplit(settings.PUBLIC_ADDRESS).hostname not in set(settings.PUBLIC_HOSTS):
        yield Error(
            f"Slips of class surveys would say {settings.PUBLIC_ADDRESS}, where no pupil's page is.",
            hint="Set ARASHA_PUBLIC_ADDRESS to the https address of the public's pages.", id="arasha.D067",
        )  # fmt: skip


def reach() -> Iterator[CheckMessage]:
    """Check that nobody reads along, and that floods are told apart."""
    if not settings.HTTPS:
        yield Error(
            "What a child tells would cross the network in clear: ARASHA_HTTPS is off.",
            hint="Put a proxy that speaks TLS in front and set ARASHA_HTTPS=1.", id="arasha.D062",
        )  # fmt: skip
    elif not settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        yield Warning(
            "ARASHA_PROXIES is 0: everybody seems to come from the proxy, and one flood stops the whole country.",
            hint="Set it to the number of your proxies, each of which must set X-Forwarded-For.", id="arasha.D063",
        )  # fmt: skip


def keys() -> Iterator[CheckMessage]:
    """Check that letters can be sealed and codes be found, and that nobody else reads those keys."""
    try:
        letter_key()
        code_key()
    except (VaultError, OSError) as problem:
        yield Error(
            f"Nothing that is told can be taken in: {problem}.",
            hint="Run `arasha prepare`, then restart arasha-public: it takes its copy of the keys.", id="arasha.D064",
        )  # fmt: skip


def login() -> Iterator[CheckMessage]:
    """Check as whom the process asks the database."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT session_user, current_user")
            users = set(cursor.fetchone())
    except (DatabaseError, psycopg.Error) as problem:
        yield Error(
            f"The database does not answer as it should ({type(problem.__cause__ or problem).__name__}).",
            hint="Look at ARASHA_PUBLIC_DATABASE_URL.", id="arasha.D065",
        )  # fmt: skip
        return
    if users != {"arasha_public"}:
        yield Error(
            f"ARASHA_PUBLIC_DATABASE_URL logs in as {', '.join(sorted(users))}, not arasha_public.",
            hint="Mend it: that role alone can do no more than take in letters.", id="arasha.D066",
        )  # fmt: skip
