"""That people of two files are one human being, and that they are not after all."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.rules import Actor, NotThere, from_database
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import person_stream
from arasha.people.actions.recording import PersonNotThere


def recognise(*, actor: Actor, person: UUID, other: UUID, now: datetime) -> None:
    """Say that two people of files which the actor may write are one; both files stay as they are.

    The act stands in the person's own stream, which no team reads: who reads one file learns nothing of the other.
    Raises PersonNotThere; Refused where an adoption or a protection keeps them apart.
    """
    with _telling("recognise_person", person, now, {"unit": actor.unit_id, "other": str(other)}):
        _run("SELECT people.recognise(%s, %s)", person, other)


def set_apart(*, actor: Actor, person: UUID, now: datetime) -> None:
    """Say that a person of a file which the actor may write is nobody of another file. Raises PersonNotThere."""
    with _telling("set_person_apart", person, now, {"unit": actor.unit_id}):
        _run("SELECT people.set_apart(%s)", person)


@contextmanager
def _telling(verb: str, person: UUID, now: datetime, told: Mapping[str, Any]) -> Iterator[None]:
    """Open the act in the person's own stream, and say in our words what the database refuses."""
    try:
        with transaction.atomic(), act(verb=verb, stream=person_stream(person), now=now, codes=told):
            yield
    except DatabaseError as error:
        known = from_database(error)
        if isinstance(known, NotThere):
            raise PersonNotThere from error
        raise known from error


def _run(sql: str, *given: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
