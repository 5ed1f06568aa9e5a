"""Looking is recorded, on a connection of its own: a rollback of the request keeps the entry.

A room of access alone: it is the one place that leaves the request's transaction.
"""

import json
import logging
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from django.conf import settings
from django.db import DatabaseError, connections
from django.db.backends.utils import CursorWrapper

from arasha.kernel.access import policy
from arasha.kernel.access.rules import Actor, Facet, keys, matrix

log = logging.getLogger("arasha.access")
_local = threading.local()


class LookNotRecorded(Exception):
    """The access log could not be written, so what is sealed is not shown."""


class TooManyToday(Exception):
    """The day's number of children is reached; nothing was taken along, and a supervisor may allow more."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What came of a look: `shown`, `alert`, `stopped` or `refused`, and how many children it was today."""

    outcome: str
    count: int = 0
    limit: int = 0

    @property
    def stopped(self) -> bool:
        """Whether the day's budget is used up: the page is not shown until a supervisor confirms."""
        return self.outcome == "stopped"


@contextmanager
def own_connection() -> Iterator[psycopg.Cursor[Any]]:
    """Give a cursor of this thread's second connection, in autocommit; a broken one is replaced next time."""
    connection: psycopg.Connection[Any] | None = getattr(_local, "connection", None)
    if connection is None or connection.closed:
        parameters = connections["default"].get_connection_params()
        parameters.pop("cursor_factory", None)
        parameters.pop("context", None)
        connection = _local.connection = psycopg.connect(**parameters, autocommit=True)
    try:
        with connection.cursor() as cursor:
            yield cursor
    except psycopg.OperationalError:
        connection.close()
        raise


# Tests that are rolled back write on the one connection that they have.
channel: Any = own_connection


def record_look(
    *,
    actor: Actor,
    now: datetime,
    kind: str,
    dossier: uuid.UUID | None = None,
    facet: Facet | None = None,
    refused: bool = False,
) -> Looked:
    """Write one entry of the access log, and count it in the user's budget of children a day.

    `kind`: open, facet, export, search, refused or glass. Raises `LookNotRecorded` when a sealed facet or an export
    can't be recorded; an ordinary page is shown and the failure logged. System work is not recorded; what another
    system's account reads is, for no person stands behind it whom the log could name.
    """
    if actor.user_id is None and actor.account_id is None:
        return Looked("shown")
    entry = json.dumps(
        {
            **_who(actor),
            "at": now.isoformat(),
            "dossier": str(dossier) if dossier else None,
            "kind": kind,
            "facet": None if facet is None else int(facet),
            "outcome": "refused" if refused else "shown",
        }
    )
    try:
        with channel() as cursor:
            answer = _written(cursor, entry)
    except (psycopg.Error, DatabaseError) as error:
        log.error("access_log_failed", extra={"kind": kind})
        if kind == "export" or (facet is not None and facet.sealed):
            raise LookNotRecorded from error
        return Looked("shown")
    return Looked(answer["outcome"], answer["count"] or 0, answer["limit"] or 0)


def record_export(*, actor: Actor, now: datetime, dossier: uuid.UUID) -> None:
    """Record that pages of a file are taken along. Raises TooManyToday, LookNotRecorded: then nothing is given."""
    if record_look(actor=actor, now=now, kind="export", dossier=dossier).stopped:
        raise TooManyToday


def _who(actor: Actor) -> dict[str, Any]:
    """Return who looks, in which request, and how many children a day their functions allow."""
    limits = [int(row["daily_limit"]) for row in matrix.rows("functions") if row["code"] in actor.functions]
    return {
        "id": str(uuid.uuid4()),
        "user": actor.user_id,
        "account": actor.account_id,
        "post": actor.post_id,
        "unit": actor.unit_id,
        "request": policy.request_id(),
        "limit": max(limits, default=0),
    }


def _written(cursor: psycopg.Cursor[Any] | CursorWrapper, entry: str) -> dict[str, Any]:
    """Hand over the entry with the proof that this application wrote it."""
    proof = keys.proof(settings.SECRET_KEY, f"record_look|{entry}")
    cursor.execute("SELECT access.record_look(%s::text, %s::bytea)::text", [entry, proof])
    row = cursor.fetchone()
    answer: dict[str, Any] = json.loads(row[0]) if row else {}
    return answer
