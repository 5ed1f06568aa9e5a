"""Forgetting for good: the key goes, and with it whatever was sealed under it, in every copy there is."""

import logging
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from uuid import UUID, uuid4

from django.db import connections, transaction

from arasha.kernel.vault.keystore import custody, ledger, ledger_copy
from arasha.kernel.vault.keystore.ledger import Entry
from arasha.kernel.vault.rules import LedgerBroken, NotInTransaction, Scope, UnsafePlace, facet_code
from arasha.kernel.vault.rules.retention import final_on

log = logging.getLogger(__name__)

ERASE = "SELECT id, at, final_on, legal_basis, act_id FROM vault.erase(%s, %s, %s, %s, %s, %s, %s)"
ERASURES = "SELECT id, scope_kind, scope_key, facet, at, final_on, legal_basis, act_id FROM vault.erasures()"
REPLAY = "SELECT vault.replay_erasure(%s, %s, %s, %s, %s, %s, %s, %s)"


class ActorLike(Protocol):
    """Who acts; the vault lies below the part that knows more, and the act itself names the actor."""

    @property
    def kind(self) -> str:
        """Return "user" or "system"."""


def erase(scope: Scope, *, actor: ActorLike, now: datetime, legal_basis: str, using: str = "default") -> date:
    """Erase one facet of a dossier or person; return the day on which it is final.

    Call it inside the open act of erasing (SQLSTATE AR410 otherwise); the caller's policy has said that `actor`
    may. `legal_basis` is a code. In the transaction the history is emptied and the ledger's row written; after
    commit the ledger's line is written and the key destroyed. Other processes forget the key within 60 s.
    If the process dies in between, `replay_erasures` finishes. A scope erased before keeps its first date.
    """
    if actor.kind not in {"user", "system"}:
        raise ValueError("an erasure needs an actor")
    connection = connections[using]
    if not connection.in_atomic_block:
        raise NotInTransaction("an erasure is part of its act's transaction")
    day = final_on(now)
    with connection.cursor() as cursor:
        cursor.execute(ERASE, [uuid4(), scope.kind, scope.key, scope.bit, now, day, legal_basis])
        found = cursor.fetchone()
    entry = Entry(found[0], scope, found[1], found[2], found[3], found[4])
    transaction.on_commit(lambda: _destroy(entry), using=using)
    return entry.final_on


def _destroy(entry: Entry) -> None:
    # The ledger first: if we die between the two, replaying it destroys the key.
    _write_down([entry])
    custody().destroy(entry.scope, entry.at)


def _write_down(entries: Sequence[Entry]) -> None:
    """Put entries into the ledger and its copy; a copy out of reach is told, and filled at the next replay."""
    ledger().append(*entries)
    try:
        ledger_copy().append(*entries)
    except (OSError, UnsafePlace, ValueError) as problem:
        log.warning("the erasure ledger's copy could not be written", extra={"component": type(problem).__name__})


def replay_erasures(*, acts: Mapping[UUID, int] | None = None, using: str = "owner") -> int:
    """Erase again whatever the ledger's file, its copy or the table says was erased; return how many scopes that is.

    For after a restore (of the database, the key store, or both), before anybody signs in, and for every night.
    An entry that the database is too old to know is written under the act that `acts` names for its id, else under
    the number of the lost one. Raises LedgerBroken when a file was tampered with, after all the others are done.
    """
    known = {entry.id: entry for entry in _in_database(using)}
    filed, broken = _filed()
    _write_down([*known.values(), *(entry for entry in filed if entry.id not in known)])
    for entry in {**{entry.id: entry for entry in filed}, **known}.values():
        if entry.id not in known:
            _replay(entry, (acts or {}).get(entry.id, entry.act_id), using)
        custody().destroy(entry.scope, entry.at)
    if broken is not None:
        raise broken
    return len({entry.scope for entry in [*known.values(), *filed]})


def unknown_erasures(*, using: str = "owner") -> list[tuple[UUID, Scope]]:
    """Return the ids and scopes of erasures that stand in a ledger's file, but not in this (restored) database."""
    known = {entry.id for entry in _in_database(using)}
    return [(entry.id, entry.scope) for entry in _filed()[0] if entry.id not in known]


def _in_database(using: str) -> list[Entry]:
    with connections[using].cursor() as cursor:
        cursor.execute(ERASURES)
        return [
            Entry(id_, Scope(kind, key, facet_code(bit)), at, day, basis, act)
            for id_, kind, key, bit, at, day, basis, act in cursor.fetchall()
        ]


def _filed() -> tuple[list[Entry], LedgerBroken | None]:
    """Return the entries of both files, each once, and the first thing that is wrong with one of them."""
    found: dict[UUID, Entry] = {}
    broken = None
    for file in (ledger(), ledger_copy()):
        try:
            found |= {entry.id: entry for entry in file.entries() if entry.id not in found}
        except LedgerBroken as problem:
            broken = broken or problem
    return list(found.values()), broken


def _replay(entry: Entry, act: int, using: str) -> None:
    scope = entry.scope
    place = (entry.id, scope.kind, scope.key, scope.bit)
    with connections[using].cursor() as cursor:
        cursor.execute(REPLAY, (*place, entry.at, entry.final_on, entry.legal_basis, act))
