"""What the actions of the directory share: the stream of an entry, and the guard against two who change it at once."""

from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from django.db import DatabaseError, transaction

from arasha.kernel.access.rules import from_database
from arasha.kernel.journal import actions as journal
from arasha.kernel.journal.rules import body_stream
from arasha.services import queries
from arasha.services.models import Offering, Provider, Site


class ChangedMeanwhile(Exception):
    """Somebody changed the entry after it was read; nothing was written."""


def act(verb: str, body: int, now: datetime, **codes: object) -> AbstractContextManager[object]:
    """Open an act in the stream of the provider's body."""
    return journal.act(verb=verb, stream=body_stream(body), now=now, codes={k: str(v) for k, v in codes.items()})


def check_seen(row: Offering | Site | Provider, seen: str) -> None:
    """Raise ChangedMeanwhile unless the entry stands as it was read; "" asks nothing. The row must be locked."""
    if seen and queries.revision(row) != seen:
        raise ChangedMeanwhile


def write(rows: Any, **values: object) -> None:
    """Change one row inside a savepoint; what the database refuses is ours (`access.rules`)."""
    try:
        with transaction.atomic():
            rows.update(**values)
    except DatabaseError as error:
        raise from_database(error) from error


def put(row: Any) -> None:
    """Insert a row inside a savepoint; what the database refuses is ours (`access.rules`)."""
    try:
        with transaction.atomic():
            row._meta.default_manager.bulk_create([row])
    except DatabaseError as error:
        raise from_database(error) from error
