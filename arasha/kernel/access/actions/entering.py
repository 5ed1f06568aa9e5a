"""Entering: the transaction learns who acts. Nothing can be read before."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connections, transaction

from arasha.kernel.access.actions.calling import call
from arasha.kernel.access.rules import Actor, keys

MICROSECONDS = 1_000_000


def as_context(value: Any) -> dict[str, Any]:
    """Return a jsonb value as a dictionary, however the driver gave it."""
    context: dict[str, Any] = json.loads(value) if isinstance(value, str) else value
    return context


def mark(using: str = "default") -> str:
    """Return what binds a proof to this transaction of this connection."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT access.transaction_mark()")
        return str(cursor.fetchone()[0])


def enter(session_token: str, post_id: int | None) -> Actor:
    """Let the signed-in person act in one of their posts until this transaction ends.

    `post_id` None: signed in, acting nowhere. Raises `NotValid` when session or post are not valid now.
    """
    context = call("enter", keys.token_hash(session_token), post_id, casts="%s::bytea, %s::integer")
    return Actor.from_context(as_context(context))


def enter_system(purpose: str, *, using: str = "default") -> Actor:
    """Let clock-driven work act until this transaction ends; it reads and writes what is not sealed."""
    proof = keys.proof(settings.SECRET_KEY, f"enter_system|{purpose}|{mark(using)}")
    return Actor.from_context(as_context(call("enter_system", purpose, proof, casts="%s, %s::bytea", using=using)))


@contextmanager
def system(purpose: str, *, using: str = "default") -> Iterator[Actor]:
    """Open a transaction for clock-driven work; `using="owner"` for the installation's own."""
    with transaction.atomic(using=using):
        yield enter_system(purpose, using=using)


def until_none(batch: Callable[[Actor, datetime], int], purpose: str, now: datetime) -> int:
    """Run a batch of clock-driven work, each time in a transaction of its own, until it does nothing.

    Returns how much it did.
    """
    done = 0
    while True:
        with system(purpose) as actor:
            step = batch(actor, now)
        done += step
        if step == 0:
            return done


def begin_session(*, user_id: int, token: str, expires_at: datetime) -> None:
    """Begin, or prolong, a session after both factors were shown; only the token's hash is kept."""
    with transaction.atomic():
        digest = keys.token_hash(token)
        expires = round(expires_at.timestamp() * MICROSECONDS)
        message = f"begin_session|{user_id}|{digest.hex()}|{expires}|{mark()}"
        call(
            "begin_session",
            user_id,
            digest,
            expires_at,
            keys.proof(settings.SECRET_KEY, message),
            casts="%s::integer, %s::bytea, %s::timestamptz, %s::bytea",
        )


def end_session(*, token: str) -> None:
    """End a session: its token opens nothing from now on."""
    call("end_session", keys.token_hash(token), casts="%s::bytea")


def install_secret(*, using: str = "owner") -> bool:
    """Give the database the key that this installation's proofs are made with; the one before stays good an hour.

    Runs as the owner. Returns whether the key was new.
    """
    inner, outer = keys.padded(keys.application_key(settings.SECRET_KEY))
    return bool(call("install_secret", inner, outer, casts="%s::bytea, %s::bytea", using=using))
