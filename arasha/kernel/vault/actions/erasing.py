"""Forgetting for good: the key goes, and with it whatever was sealed under it, in every copy there is."""

from datetime import date, datetime
from typing import Protocol
from uuid import uuid4

from django.db import connections, transaction

from arasha.kernel.vault.keystore import custody, ledger
from arasha.kernel.vault.keystore.ledger import Entry
from arasha.kernel.vault.rules import NotInTransaction, Scope, facet_code
from arasha.kernel.vault.rules.retention import final_on

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
    ledger().append(entry)
    custody().destroy(entry.scope, entry.at)


def replay_erasures(*, using: str = "owner") -> int:
    """Erase again whatever the ledger's file or table says was erased; return how many scopes that is.

    For after a restore (of the database, the key store, or both), before anybody signs in, and for every night.
    Raises LedgerBroken when the file was tampered with, after the table's entries have been done.
    """
    with connections[using].cursor() as cursor:
        cursor.execute(ERASURES)
        known = [
            Entry(id_, Scope(kind, key, facet_code(bit)), at, day, basis, act)
            for id_, kind, key, bit, at, day, basis, act in cursor.fetchall()
        ]
        for entry in known:
            _destroy(entry)
        filed = ledger().entries()
        for entry in filed:
            scope = entry.scope
            cursor.execute(
                REPLAY,
                [
                    entry.id,
                    scope.kind,
                    scope.key,
                    scope.bit,
                    entry.at,
                    entry.final_on,
                    entry.legal_basis,
                    entry.act_id,
                ],
            )
            custody().destroy(scope, entry.at)
    return len({entry.scope for entry in [*known, *filed]})
