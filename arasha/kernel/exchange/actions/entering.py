"""Entering as another system: the transaction learns whose account acts."""

import json
from datetime import date

from arasha.kernel.access.rules import Actor, token_hash
from arasha.kernel.exchange.actions.calling import call
from arasha.kernel.worktime.rules import local

# The last day that this process has noted for a token; a process that begins anew notes it once more.
_noted: dict[bytes, date] = {}
REMEMBERED = 10_000


def enter(token: str, address: str) -> Actor:
    """Let the account of this token act until the transaction ends.

    Raises NotValid when the token is unknown, over or revoked, or comes from an address that the account may not use:
    one answer for all.
    """
    (context,) = call("enter", token_hash(token), address, casts="%s::bytea, %s::text")
    return Actor.from_context(json.loads(context) if isinstance(context, str) else context)


def note_use(*, actor: Actor, token: str) -> None:
    """Note the day on which a token is used; never called for telling, which leaves no such trace."""
    digest = token_hash(token)
    day = local(actor.moment).date() if actor.moment else None
    if day is None or _noted.get(digest) == day:
        return
    call("note_use", digest, casts="%s::bytea")
    if len(_noted) >= REMEMBERED:
        _noted.clear()
    _noted[digest] = day
