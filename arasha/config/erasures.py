"""Forgetting again what a restore brought back: under acts of its own, keys and history and the rows themselves."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connections, transaction
from psycopg import sql

from arasha.kernel.access import actions as access
from arasha.kernel.journal import actions as journal
from arasha.kernel.journal.queries import journalled
from arasha.kernel.journal.rules import Stream
from arasha.kernel.vault import actions as vault
from arasha.kernel.vault.rules import Scope
from arasha.kernel.worktime.queries import domain_now

# Which values stand in rows under these scopes: the journal itself says so of each change.
PLACES = """SELECT DISTINCT c.table_name, c.row_key, v.key FROM public.journal_change c, jsonb_each(c.columns) AS v
WHERE c.scope = %s AND jsonb_typeof(v.value) = 'object' AND (v.value->>'facet')::int = ANY(%s)"""
NULLABLE = """SELECT NOT a.attnotnull FROM pg_attribute a
WHERE a.attrelid = ('public.' || quote_ident(%s))::regclass AND a.attname = %s"""
Place = tuple[str, str, str]


def replay(*, using: str = "owner") -> tuple[int, list[Place]]:
    """Erase again whatever was erased; return how many scopes that is, and what could not be emptied.

    Erasures that this (restored) database is too old to know are written as acts `erase` in their own streams, so
    that verify tells them from tampering, and values in clear that stand under them again are emptied in those acts.
    Nothing new may be sealed there afterwards. Raises VaultError.
    """
    left: list[Place] = []
    with transaction.atomic(using=using):
        acts: dict[UUID, int] = {}
        for (kind, key), entries in _by_owner(vault.unknown_erasures(using=using)).items():
            scopes = [scope for _, scope in entries]
            with access.system("restore", using=using):
                stream, now = Stream(kind, str(key)), domain_now(using=using)
                with journal.erasing(scopes=scopes, stream=stream, now=now, using=using) as opened:
                    left += _empty(stream, scopes, using)
            acts |= dict.fromkeys((id_ for id_, _ in entries), opened.id)
        count = vault.replay_erasures(acts=acts, using=using)
    return count, left


def _by_owner(unknown: Iterable[tuple[UUID, Scope]]) -> dict[tuple[str, UUID], list[tuple[UUID, Scope]]]:
    """Return erasures by whose they are: one act each."""
    found = defaultdict(list)
    for id_, scope in unknown:
        found[(scope.kind, scope.key)].append((id_, scope))
    return found


def _empty(stream: Stream, scopes: Sequence[Scope], using: str) -> list[Place]:
    """Empty every value in clear under these scopes; return those that the database refused to empty."""
    with connections[using].cursor() as cursor:
        cursor.execute(PLACES, [str(stream), [scope.bit for scope in scopes]])
        places = cursor.fetchall()
    declared = journalled()
    refused = []
    for table, row, column in places:
        declaration = declared.get(table)
        if declaration is None or declaration.classes.get(column) != "personal":
            continue  # sealed: its key is gone
        try:
            with transaction.atomic(using=using):
                _empty_one(table, getattr(declaration, "key", "id"), row, column, using)
        except DatabaseError:
            refused.append((table, row, column))
    return refused


def _empty_one(table: str, key: str, row: str, column: str, using: str) -> None:
    """Empty one value: NULL where the column allows it, else an empty text."""
    with connections[using].cursor() as cursor:
        cursor.execute(NULLABLE, [table, column])
        nullable = cursor.fetchone()
        if nullable is None:
            return
        statement: Any = sql.SQL("UPDATE public.{} SET {} = {} WHERE {}::text = %s").format(
            sql.Identifier(table),
            sql.Identifier(column),
            sql.SQL("NULL" if nullable[0] else "''"),
            sql.Identifier(key),
        )
        cursor.execute(statement, [row])
