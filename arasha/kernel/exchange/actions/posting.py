"""Sending what is due to webhooks: claimed by putting the next try into the future, sent, then ended.

Nothing is lost, and nothing comes twice but when a worker falls between the receiver's answer and our commit; then it
comes again under the same `webhook-id`.
"""

import http.client
import logging
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import time
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from arasha.kernel.access import actions as access
from arasha.kernel.exchange.actions.calling import call
from arasha.kernel.exchange.actions.webhooks import PURPOSE, allowed
from arasha.kernel.exchange.rules import keys, signatures, targets
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import body_stream

log = logging.getLogger("arasha.exchange")
SECONDS = 10
AT_ONCE = 20
ROUNDS = 500
LAST_TRY = 12  # 1, 2, 4 … minutes, at most four hours: a day and a half
GIVEN_UP_AFTER = timedelta(days=5)
LINKS = {"obligation": "/api/v1/obligations/{subject}", "signal": "/files/{subject}/"}


@dataclass(frozen=True, slots=True)
class GivenUp:
    """A webhook that failed for days and was ended: whom to tell."""

    webhook: UUID
    account_id: int
    unit_id: int


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of a try: the receiver's status, and a code of what went wrong, "" when nothing did."""

    status: int | None
    fault: str


@dataclass(frozen=True, slots=True)
class _Message:
    """What `exchange.claim` gives of one message."""

    id: UUID
    event: str
    subject: UUID
    at: datetime
    address: str
    sealed: Any
    webhook: UUID


def post_due() -> int:
    """Send what is due, subscription by subscription; returns how many messages were taken.

    A receiver that doesn't answer ends its own round: the rest of what waits for it comes with its next try.
    """
    taken = 0
    for _ in range(ROUNDS):
        with access.system("webhooks"), connection.cursor() as cursor:
            cursor.execute(
                "SELECT id, event, subject, at, address, sealed, subscription FROM exchange.claim(%s)", [AT_ONCE]
            )
            rows = cursor.fetchall()
        if not rows:
            break
        for row in rows:
            if row[0] is None:
                continue
            tried = _post(_Message(*row))
            with access.system("webhooks"):
                call(
                    "end_try",
                    row[0],
                    tried.status,
                    tried.fault,
                    LAST_TRY,
                    casts="%s::uuid, %s::integer, %s, %s::integer",
                )
            taken += not tried.fault
            if tried.fault:
                log.warning("a webhook was not taken: %s", tried.fault, extra={"component": "webhooks"})
                break
    return taken


def give_up_failing(*, now: datetime) -> list[GivenUp]:
    """End the webhooks that have failed for five days, each in an act of its own; returns whom to tell."""
    with access.system("webhooks"), connection.cursor() as cursor:
        cursor.execute(
            "SELECT subscription, account, unit, body FROM exchange.failing(%s::interval)", [str(GIVEN_UP_AFTER)]
        )
        rows = cursor.fetchall()
        ended = []
        for webhook, account, unit, body in rows:
            codes = {"system": account, "webhook": str(webhook), "unit": unit, "why": "failing"}
            with act(verb="give_up_webhook", stream=body_stream(body), now=now, codes=codes):
                if call("give_up", webhook, casts="%s::uuid")[0]:
                    ended.append(GivenUp(webhook, account, unit))
    return ended


def _post(message: "_Message") -> Tried:
    link = settings.ADDRESS + LINKS[message.event.partition(".")[0]].format(subject=message.subject)
    body = signatures.message(event=message.event, subject=message.subject, at=message.at, link=link)
    key = keys.derived(settings.SECRET_KEY, PURPOSE)
    try:
        secret = keys.unseal(key, bytes(message.sealed), str(message.webhook)).decode()
    except keys.NotOurs:
        return Tried(None, "secret_lost")
    signed = signatures.headers(secret, message_id=message.id, timestamp=int(time()), body=body)
    return send(message.address, body, signed)


def send(address: str, body: bytes, signed: dict[str, str]) -> Tried:
    """Post a message to an address: within ten seconds, following nothing, reading the status alone."""
    may = allowed()
    try:
        where = targets.target(address, may)
        found = {str(one[4][0]) for one in socket.getaddrinfo(where.host, where.port, type=socket.SOCK_STREAM)}
        reached = targets.check_reached(where.host, found, may)
    except targets.TargetRefused:
        return Tried(None, "address_refused")
    except OSError:
        return Tried(None, "name_unknown")
    return _asked(_Pinned(where, reached), where.path, body, signed)


def _asked(link: "_Pinned", path: str, body: bytes, signed: dict[str, str]) -> Tried:
    # A socket's own limit is for each piece: a receiver that drips its answer would hold the worker for hours.
    end = threading.Timer(SECONDS, link.hang_up)
    end.start()
    try:
        link.request("POST", path, body, {**signed, "Content-Type": "application/json", "User-Agent": "Arasha"})
        status = link.getresponse().status
        return Tried(status, "" if 200 <= status < 300 else "refused")
    except ssl.SSLError:
        return Tried(None, "certificate")
    except TimeoutError:
        return Tried(None, "silent")
    except (OSError, http.client.HTTPException):
        return Tried(None, "unreachable")
    finally:
        end.cancel()
        link.close()


class _Pinned(http.client.HTTPConnection):
    """A connection to the very address that was checked: a name asked again may lead elsewhere."""

    def __init__(self, where: targets.Target, reached: str) -> None:
        super().__init__(where.host, where.port, timeout=SECONDS)
        self._where, self._reached = where, reached

    def connect(self) -> None:
        """Connect to the checked address; the certificate must be for the name."""
        self.sock = socket.create_connection((self._reached, self._where.port), timeout=SECONDS)
        if self._where.scheme == "https":
            self.sock = ssl.create_default_context().wrap_socket(self.sock, server_hostname=self._where.host)

    def hang_up(self) -> None:
        """End the connection from another thread: whoever waits for it gets an error."""
        with suppress(OSError, AttributeError):
            self.sock.shutdown(socket.SHUT_RDWR)
