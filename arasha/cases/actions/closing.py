"""A case is closed by who supervises it, and opened again where that was too early; its file stays readable."""

from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, connection, transaction

from arasha.cases import policy
from arasha.cases.actions.leading import FileNotThere
from arasha.cases.models import Case
from arasha.kernel.access.rules import Actor, Conflict, Facet, from_database
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream


class NotAsItWas(Exception):
    """The case is closed already, or open already; nothing was changed."""


def close_case(*, actor: Actor, dossier: UUID, reason: str, now: datetime) -> Case:
    """Close a case: its file stays, and its lead stays answerable for what is asked about it.

    Raises FileNotThere; NotAllowed: the actor neither leads nor oversees the file; NotAsItWas.
    """
    return _turned(actor, dossier, "closed", reason, now)


def reopen_case(*, actor: Actor, dossier: UUID, reason: str, now: datetime) -> Case:
    """Open a closed case again, with the lead that it had. Raises as `close_case` does."""
    return _turned(actor, dossier, "open", reason, now)


def _turned(actor: Actor, dossier: UUID, after: str, reason: str, now: datetime) -> Case:
    with transaction.atomic():
        found = policy.visible_to(actor).filter(dossier=dossier).first()
        if found is None:
            raise FileNotThere
        if not policy.may_close(actor, found):
            raise policy.NotAllowed
        codes = {"facet": Facet.OBLIGATIONS, "unit": actor.unit_id, "case": found.number, "reason": reason}
        verb = "close_case" if after == "closed" else "reopen_case"
        with act(verb=verb, stream=dossier_stream(dossier), now=now, codes=codes):
            _turn(dossier, closes=after == "closed")
            found.state = after
    return found


def _turn(dossier: UUID, *, closes: bool) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT cases.turn(%s::uuid, %s)", [dossier, closes])
    except DatabaseError as error:
        refused = from_database(error)
        if isinstance(refused, Conflict):
            raise NotAsItWas from error
        raise refused from error
