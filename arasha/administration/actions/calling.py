"""Calling a definer function of the schema `administration` and understanding its refusals."""

from typing import Any

from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.rules import from_database


def call(function: str, *arguments: Any, casts: str) -> Any:
    """Call `administration.<function>` inside a savepoint and return its value.

    `casts` is the argument list with its types. Raises access's exception for a refusal, after which the transaction
    is still usable.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT administration.{function}({casts})", arguments)
            return cursor.fetchone()[0]
    except DatabaseError as error:
        raise from_database(error) from error
