"""Calling the database's functions that write versions and decisions."""

from typing import Any

from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.rules import from_database
from arasha.kernel.journal.rules import configuration_stream

STREAM = configuration_stream("questionnaires")
CASTS = {
    "draft": "%s, %s::integer, %s, %s, %s, %s::jsonb, %s::timestamptz",
    "decide": "%s::uuid, %s::bigint, %s, %s, %s::integer, %s::timestamptz",
}


def call(function: str, *values: Any) -> Any:
    """Call `questionnaires.<function>` in a savepoint and return its value; refusals are those of `access.rules`."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT questionnaires.{function}({CASTS[function]})", values)
            return cursor.fetchone()[0]
    except DatabaseError as error:
        raise from_database(error) from error
