"""Calling a definer function of the schema `exchange` and understanding its refusals."""

from typing import Any

from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.rules import from_database


def call(function: str, *arguments: Any, casts: str) -> tuple[Any, ...]:
    """Call `exchange.<function>` inside a savepoint and return its first row.

    `casts` is the argument list with its types. Raises the exceptions of `access.rules` for a refusal, after which the
    transaction is still usable.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM exchange.{function}({casts})", arguments)  # noqa: S608 - names of our own
            row: tuple[Any, ...] = cursor.fetchone() or ()
            return row
    except DatabaseError as error:
        raise from_database(error) from error
