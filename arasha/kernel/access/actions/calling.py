"""Calling a definer function of the database and understanding its refusals."""

from typing import Any

from django.db import DatabaseError, connections, transaction

from arasha.kernel.access.rules import from_database


def call(function: str, *arguments: Any, casts: str = "", using: str = "default") -> Any:
    """Call `access.<function>` inside a savepoint and return its value.

    `casts` is the argument list with its types, for example "%s::uuid, %s". Raises our exception for a refusal
    (see `access.rules`), after which the transaction is still usable.
    """
    placeholders = casts or ", ".join(["%s"] * len(arguments))
    try:
        with transaction.atomic(using=using), connections[using].cursor() as cursor:
            cursor.execute(f"SELECT access.{function}({placeholders})", arguments)
            return cursor.fetchone()[0]
    except DatabaseError as error:
        raise from_database(error) from error
