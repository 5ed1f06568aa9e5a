"""Coordination declares an emergency and ends it; a body, or coordination for it, says how it works."""

from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

from django.db import DatabaseError, IntegrityError, transaction

from arasha.emergency import policy, queries
from arasha.emergency.actions import telling
from arasha.emergency.actions.errors import AlreadyDeclared, EmergencyOver
from arasha.emergency.actions.lifting import put_lifting
from arasha.emergency.models import Emergency, Standing
from arasha.emergency.rules import EmergencySaid, Faulty, StandingSaid
from arasha.kernel.access.models import Unit
from arasha.kernel.access.rules import Actor, NotThere, from_database
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import body_stream
from arasha.kernel.worktime.rules import local


def declare(*, actor: Actor, ticket: UUID, said: EmergencySaid, now: datetime) -> UUID:
    """Declare an emergency and tell all units in it. `ticket`, made by the page, is its id: sent twice it is one.

    Raises NotAllowed, Faulty, AlreadyDeclared.
    """
    if not policy.may_declare(actor, said.territory):
        raise policy.NotAllowed
    said.check(today=local(now).date())
    if policy.visible_to(actor).filter(pk=ticket, declared_by=actor.user_id).exists():
        return ticket
    row = Emergency(id=ticket, territory_id=said.territory, kind=said.kind, ground=said.ground.strip())
    row.first_on, row.last_on, row.declared_at = said.first_on, said.last_on, now
    row.declared_by_id = cast(int, actor.user_id)
    codes = {"row": str(ticket), "territory": said.territory}
    try:
        with (
            transaction.atomic(),
            act(verb="declare_emergency", stream=body_stream(cast(int, actor.body_id)), now=now, codes=codes),
        ):
            row.save(force_insert=True)
            if said.lifted:
                put_lifting(actor, row, uuid4(), sorted(set(said.lifted)), now)
            telling.tell_all(actor, row, telling.DECLARED, now)
    except IntegrityError as error:
        if policy.visible_to(actor).filter(pk=ticket, declared_by=actor.user_id).exists():
            return ticket
        raise AlreadyDeclared from error
    except DatabaseError as error:
        raise from_database(error) from error
    return ticket


def end_early(*, actor: Actor, emergency: UUID, now: datetime) -> None:
    """End an emergency before its last day. Ended twice it ended the first time. Raises NotThere, NotAllowed."""
    with transaction.atomic():
        row = queries.emergency(actor, emergency)
        if not policy.may_declare(actor, row.territory_id):
            raise policy.NotAllowed
        held = Emergency.objects.select_for_update(of=("self",)).filter(pk=row.pk, ended_at=None).first()
        if held is None:
            return
        codes = {"row": str(row.pk), "territory": row.territory_id}
        stream = body_stream(cast(int, actor.body_id))
        with act(verb="end_emergency", stream=stream, now=now, codes=codes):
            held.ended_at, held.ended_by_id = now, actor.user_id
            held.save(update_fields=["ended_at", "ended_by"])
            telling.tell_all(actor, row, telling.ENDED, now)


def say_standing(*, actor: Actor, ticket: UUID, emergency: UUID, said: StandingSaid, now: datetime) -> UUID:
    """Say how a body works in an emergency. Sent twice with one `ticket` it is said once.

    Raises NotThere: no such emergency, or the unit does not lie in it; NotAllowed, EmergencyOver; Faulty, also where
    the substitute is none of the same function near by.
    """
    row, today = queries.emergency(actor, emergency), local(now).date()
    unit = queries.units_in(row, actor, today).filter(pk=said.unit).first()
    if unit is None:
        raise NotThere
    if not policy.may_say(actor, unit):
        raise policy.NotAllowed
    if row.ended_at is not None or row.last_on < today:
        raise EmergencyOver
    said.check(today=today, last_on=row.last_on)
    _check_substitute(said, unit, now)
    if policy.visible_standings(actor).filter(pk=ticket, unit=unit).exists():
        return ticket
    made = Standing(id=ticket, emergency=row, unit=unit, state=said.state, until=said.until, said_at=now)
    made.instead_id, made.said_by_id = said.instead, cast(int, actor.user_id)
    codes = {"row": str(row.pk), "unit": unit.pk, "state": said.state}
    try:
        with (
            transaction.atomic(),
            act(verb="say_standing", stream=body_stream(cast(int, actor.body_id)), now=now, codes=codes),
        ):
            made.save(force_insert=True)
            telling.tell_substitute(actor, made, now)
    except IntegrityError:
        if not policy.visible_standings(actor).filter(pk=ticket, unit=unit).exists():
            raise
    except DatabaseError as error:
        raise from_database(error) from error
    return ticket


def _check_substitute(said: StandingSaid, unit: Unit, now: datetime) -> None:
    if said.instead is not None and not queries.may_stand_in(unit, now).filter(pk=said.instead).exists():
        raise Faulty("instead", "unknown")
