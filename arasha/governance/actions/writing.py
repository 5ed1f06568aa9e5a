"""What every write of a pilot shares: the rows of one act, the page that was sent twice, and the hold of one pilot."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import DatabaseError, IntegrityError, connection, models, transaction

from arasha.governance.models import Pilot, Step
from arasha.kernel.access.rules import Actor, from_database
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import body_stream


class TicketUsed(ValueError):
    """The page was sent before, with something else on it."""


class Overtaken(ValueError):
    """Somebody entered a step after the page was loaded: it is to be read first."""


def hold(pilot: UUID) -> bool:
    """Hold a pilot until the transaction ends; whoever writes of it meanwhile waits. False: there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT governance.hold(%s)", [pilot])
        return bool(cursor.fetchone()[0])


def stepped(actor: Actor, step: Step, now: datetime) -> Step:
    """Say of a step who enters it, for which unit, and when."""
    step.entered_by_id, step.unit_id, step.entered_at = cast(int, actor.user_id), cast(int, actor.unit_id), now
    return step


def sent_before(rows: Sequence[models.Model]) -> bool:
    """Say whether the same page was sent before. Raises TicketUsed where it said something else."""
    found = [type(row)._default_manager.filter(pk=row.pk).first() for row in rows]
    if found[0] is None:
        return False
    for row, one in zip(rows, found, strict=True):
        names = [field.attname for field in row._meta.concrete_fields if field.attname != "entered_at"]
        if one is None or any(getattr(one, name) != getattr(row, name) for name in names):
            raise TicketUsed
    return True


def write(actor: Actor, verb: str, rows: Sequence[models.Model], pilot: UUID, now: datetime) -> None:
    """Write the rows in one act. Raises TicketUsed where the page was sent at the same time with something else."""
    try:
        with transaction.atomic():
            codes = {"pilot": str(pilot), "row": str(rows[0].pk)}
            with act(verb=verb, stream=body_stream(cast(int, actor.body_id)), now=now, codes=codes):
                for row in rows:
                    type(row)._default_manager.bulk_create([row])
    except IntegrityError:
        # Whoever sent the same page at the same time was first.
        if not sent_before(rows):
            raise
    except DatabaseError as error:
        raise from_database(error) from error


def new_pilot(actor: Actor, ticket: UUID, now: datetime) -> Pilot:
    """Return the row of a pilot that the actor's unit enters."""
    row = Pilot(id=ticket, entered_at=now)
    row.entered_by_id, row.unit_id = cast(int, actor.user_id), cast(int, actor.unit_id)
    return row
