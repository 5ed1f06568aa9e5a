"""Coordination says which conditions of services are not asked for while an emergency holds."""

from collections.abc import Iterable
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db import DatabaseError, IntegrityError, transaction

from arasha.emergency import policy, queries
from arasha.emergency.actions.errors import EmergencyOver
from arasha.emergency.models import Emergency, Lifting
from arasha.emergency.rules import check_lifted
from arasha.kernel.access.rules import Actor, from_database
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import body_stream
from arasha.kernel.worktime.rules import local


def lift(*, actor: Actor, ticket: UUID, emergency: UUID, conditions: Iterable[str], now: datetime) -> UUID:
    """Say all conditions that are lifted from now on; those not named are asked for again. Said once with one `ticket`.

    Raises NotThere, NotAllowed, EmergencyOver; Faulty for a condition that no emergency lifts.
    """
    row, wanted = queries.emergency(actor, emergency), sorted(set(conditions))
    if not policy.may_declare(actor, row.territory_id):
        raise policy.NotAllowed
    if row.ended_at is not None or row.last_on < local(now).date():
        raise EmergencyOver
    check_lifted(wanted)
    mine = policy.visible_liftings(actor).filter(pk=ticket, emergency=row, said_by=actor.user_id)
    if mine.exists():
        return ticket
    codes = {"row": str(row.pk), "territory": row.territory_id}
    stream = body_stream(cast(int, actor.body_id))
    try:
        with transaction.atomic(), act(verb="lift_conditions", stream=stream, now=now, codes=codes):
            put_lifting(actor, row, ticket, wanted, now)
    except IntegrityError:
        if not mine.exists():
            raise
    except DatabaseError as error:
        raise from_database(error) from error
    return ticket


def put_lifting(actor: Actor, row: Emergency, key: UUID, conditions: list[str], now: datetime) -> None:
    """Write what is lifted, inside the caller's act."""
    made = Lifting(id=key, emergency=row, conditions=conditions, said_at=now)
    made.said_by_id = cast(int, actor.user_id)
    made.save(force_insert=True)
