"""Copying many rows at once: without triggers, and with indexes built afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

Connection = psycopg.Connection[tuple[object, ...]]


@contextmanager
def without_triggers(connection: Connection, tables: list[str]) -> Iterator[None]:
    """Take the triggers that fire for everybody off the tables, and put them on again as they were."""
    standing = connection.execute(
        "SELECT t.tgrelid::regclass::text, t.tgname FROM pg_trigger t"
        " WHERE t.tgenabled = 'A' AND t.tgrelid::regclass::text = ANY (%s)",
        [tables],
    ).fetchall()
    for table, trigger in standing:
        connection.execute(f'ALTER TABLE {table} DISABLE TRIGGER "{trigger}"'.encode())
    yield
    for table, trigger in standing:
        connection.execute(f'ALTER TABLE {table} ENABLE ALWAYS TRIGGER "{trigger}"'.encode())


@contextmanager
def without_indexes(connection: Connection, tables: list[str]) -> Iterator[None]:
    """Build the indexes that no constraint stands on after the rows: several times as quick."""
    standing = connection.execute(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " WHERE i.indrelid::regclass::text = ANY (%s)"
        " AND NOT i.indisunique AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)",
        [tables],
    ).fetchall()
    for name, _definition in standing:
        connection.execute(f"DROP INDEX {name}".encode())
    yield
    for _name, definition in standing:
        connection.execute(str(definition).encode())
