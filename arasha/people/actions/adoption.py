"""An adoption: before and after it are two people to everybody; one function, in an act of its own, tells which."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import DatabaseError, connection, transaction

from arasha.kernel.access.actions import record_look
from arasha.kernel.access.rules import Actor, Facet, NotThere, from_database
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import person_stream
from arasha.people.actions.recording import PersonNotThere


@dataclass(frozen=True, slots=True)
class Adopted:
    """The other person of an adoption, their file, and whether they are who the child is after it."""

    person: UUID
    dossier: UUID
    is_after: bool


def seal_adoption(*, actor: Actor, before: UUID, after: UUID, now: datetime) -> None:
    """Part a child into who they were before an adoption and who they are after it, for guardianship that leads both.

    From now on neither matching nor an import joins the two, and nobody beyond their own files finds who was before.
    Raises PersonNotThere; Conflict for two people of one file, or where this was done already.
    """
    try:
        with transaction.atomic(), act(verb="seal_adoption", stream=person_stream(before), now=now):
            _rows("SELECT people.seal_adoption(%s, %s, %s)", uuid4(), before, after)
    except DatabaseError as error:
        raise _ours(error) from error


def lift_adoption(*, actor: Actor, person: UUID, now: datetime) -> bool:
    """Take back what was sealed by mistake, asked from either side; say whether anything was sealed.

    The two stay two rows of their own identities; they are found and compared again like everybody else.
    Raises PersonNotThere; NeedsTwo where who asks sealed it.
    """
    try:
        with transaction.atomic(), act(verb="lift_adoption", stream=person_stream(person), now=now):
            [(lifted,)] = _rows("SELECT people.lift_adoption(%s)", person)
            return bool(lifted)
    except DatabaseError as error:
        raise _ours(error) from error


def open_adoption(*, actor: Actor, person: UUID, dossier: UUID, now: datetime) -> list[Adopted]:
    """Tell who a child is on the other side of an adoption. The look is recorded first; without it nothing is told.

    Raises PersonNotThere, LookNotRecorded.
    """
    record_look(actor=actor, now=now, kind="facet", dossier=dossier, facet=Facet.DOCUMENTS)
    try:
        with transaction.atomic(), act(verb="open_adoption", stream=person_stream(person), now=now):
            return [
                Adopted(*row) for row in _rows("SELECT person, dossier, is_after FROM people.adoption_of(%s)", person)
            ]
    except DatabaseError as error:
        raise _ours(error) from error


def _rows(sql: str, *given: UUID) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return list(cursor.fetchall()) if cursor.description else []


def _ours(error: DatabaseError) -> Exception:
    known = from_database(error)
    return PersonNotThere() if isinstance(known, NotThere) else known
