"""Opening and closing an act around the writes of one action."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connections, transaction

from arasha.kernel.journal.rules import (
    ERASE,
    ActInsideAct,
    Stream,
    checked_codes,
    checked_verb,
    erasure_codes,
    from_database,
)
from arasha.kernel.vault.rules import Scope


@dataclass(frozen=True, slots=True)
class OpenAct:
    """An act while it is open: its number, its place in its stream, and a sealed act's random reference."""

    id: int
    stream: Stream
    seq: int
    sealed_reference: UUID | None


@contextmanager
def act(
    *,
    verb: str,
    stream: Stream,
    now: datetime,
    codes: Mapping[str, Any] | None = None,
    also: Sequence[Stream] = (),
    sealed_actor: bool = False,
    using: str = "default",
) -> Iterator[OpenAct]:
    """Write one act around the writes of one action, inside `transaction.atomic()` and a context of access.

    The actor is the context's; `sealed_actor` keeps a random reference instead, and nothing else of who it was.
    `codes` are codes, never sentences or names (NotACode). `also` are further streams that the act stands in.
    Raises ActInsideAct when one is open already, TransactionManagementError outside a transaction. An error inside
    leaves the act open: the transaction, or the savepoint around the act, must be rolled back, and commit refuses it.
    """
    if not connections[using].in_atomic_block:
        raise transaction.TransactionManagementError("an act needs transaction.atomic() around it")
    if now.tzinfo is None:
        raise ValueError("now must be aware")
    others = [{"kind": other.kind, "key": other.key} for other in also if other != stream]
    given: list[str | bool | datetime] = [
        *stream,
        checked_verb(verb),
        json.dumps(checked_codes(codes or {})),
        now,
        json.dumps(others),
        sealed_actor,
    ]
    opened = OpenAct(*_opened(given, stream, using))
    yield opened
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT journal.close_act(%s)", [opened.id])


def _opened(given: list[str | bool | datetime], stream: Stream, using: str) -> tuple[int, Stream, int, UUID | None]:
    """Open the act in the database."""
    try:
        with connections[using].cursor() as cursor:
            cursor.execute(
                "SELECT act, seq, reference"
                " FROM journal.open_act(%s, %s, %s, %s::jsonb, %s::timestamptz, %s::jsonb, %s::boolean)",
                given,
            )
            number, seq, reference = cursor.fetchone()
            return number, stream, seq, reference
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", None) == "AR411":
            raise ActInsideAct("an act is open already") from error
        raise from_database(error) from error


@contextmanager
def erasing(*, scopes: Sequence[Scope], stream: Stream, now: datetime, using: str = "default") -> Iterator[OpenAct]:
    """Open the act `erase` that `vault.actions.erase` asks for; verify accepts as erased what its codes name."""
    with act(verb=ERASE, stream=stream, now=now, codes=erasure_codes(scopes), using=using) as opened:
        yield opened
