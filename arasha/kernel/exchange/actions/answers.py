"""Answers kept for who asks twice: the same request with the same key is done once, whatever breaks in between.

What is kept must not undo the sealed reporter. A row holds a keyed hash of account and key, a keyed hash of the
request, and the answer sealed under a key that is derived from the installation's secret *and* the client's random key.
So who reads the table finds no account; who holds the secret besides can test neither accounts nor answers without the
client's key; and the client alone, who presents it, gets the answer again (docs/decisions/0017).
"""

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from arasha.kernel.access.rules import Actor
from arasha.kernel.exchange.actions.calling import call
from arasha.kernel.exchange.rules import keys


class InFlight(Exception):
    """A request with this key is running."""


class KeyReused(Exception):
    """Another request came with this key before."""


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was given before."""

    status: int
    body: str


@dataclass(frozen=True, slots=True)
class _Marks:
    """Where an answer is found, what it answers, and the key that opens it."""

    place: bytes
    request: bytes
    key: bytes


def kept_answer(*, actor: Actor, key: str, request: Any) -> Kept | None:
    """Return the answer that this account got to this request before; None: it is new, and this transaction has it.

    `request` is anything that JSON holds: method, path and body. Raises InFlight while another transaction has it,
    KeyReused when the key was used for another request.
    """
    marks = _marks(actor, key, request)
    free, asked, sealed = call("kept_answer", marks.place, casts="%s::bytea")
    if not free:
        raise InFlight
    if asked is None:
        return None
    if bytes(asked) != marks.request:
        raise KeyReused
    said = json.loads(keys.unseal(marks.key, bytes(sealed), "answer"))
    return Kept(said["status"], said["body"])


def keep_answer(*, actor: Actor, key: str, request: Any, status: int, body: str) -> None:
    """Keep the answer to a request for a day, in the transaction that did what was asked."""
    marks = _marks(actor, key, request)
    sealed = keys.seal(marks.key, json.dumps({"status": status, "body": body}).encode(), "answer")
    call("keep_answer", marks.place, marks.request, sealed, casts="%s::bytea, %s::bytea, %s::bytea")


def forget_answers() -> int:
    """Remove the answers that nobody may ask for any more; returns how many."""
    (count,) = call("forget_answers", casts="")
    return int(count)


def _marks(actor: Actor, key: str, request: Any) -> _Marks:
    whose = (str(actor.account_id), key)
    said = json.dumps(request, sort_keys=True, separators=(",", ":"))
    return _Marks(
        place=keys.keyed_hash(keys.derived(settings.SECRET_KEY, "answers: place"), *whose),
        request=keys.keyed_hash(keys.derived(settings.SECRET_KEY, "answers: request"), *whose, said),
        key=keys.keyed_hash(keys.derived(settings.SECRET_KEY, "answers: key"), *whose),
    )
