"""Functions of units: given by one person or by two, ended by one."""

import uuid
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, IntegrityError, transaction

from arasha.administration import queries
from arasha.administration.actions.calling import call
from arasha.administration.actions.telling import tell_administrators
from arasha.administration.policy import require_administration
from arasha.administration.rules.proposals import EXPIRES
from arasha.kernel.access.models import Function, Unit, UnitFunction
from arasha.kernel.access.rules import Actor, NotThere, Refused
from arasha.kernel.journal import actions as journal
from arasha.kernel.journal.rules import body_stream

INSTANT = timedelta(microseconds=1)


class UnitInvalid(ValueError):
    """The days of a function do not fit."""


def give_function(
    *,
    actor: Actor,
    now: datetime,
    unit_id: int,
    function: str,
    territory: str,
    since: datetime,
    until: datetime | None = None,
) -> uuid.UUID | None:
    """Give a unit a function in a territory; a sensitive one is only proposed, and the proposal's id is returned.

    Raises NotThere, Refused for one's own unit, Conflict when it has it already or it is proposed, UnitInvalid.
    """
    require_administration(actor)
    unit = _unit_of(actor, unit_id, now)
    if since < now or (until is not None and until <= since):
        raise UnitInvalid
    sensitive = Function.objects.values_list("sensitive", flat=True).get(pk=function)
    codes = {"unit": unit_id, "function": function, "territory": territory}
    if sensitive and not actor.is_system:
        proposal = uuid.uuid4()
        with transaction.atomic():
            with _act("propose_function", unit.body_id, now, **codes, proposal=proposal):
                call(
                    "propose_function",
                    *(proposal, unit_id, function, territory, since, until, EXPIRES),
                    casts="%s::uuid, %s::integer, %s, %s, %s::timestamptz, %s::timestamptz, %s::interval",
                )
            tell_administrators(actor=actor, place=unit.territory_id, code="rights_proposed", now=now)
        return proposal
    with transaction.atomic(), _act("give_function", unit.body_id, now, **codes):
        _kept(
            lambda: UnitFunction.objects.create(
                unit_id=unit_id, function_id=function, territory_id=territory, since=since, until=until
            )
        )
    return None


def end_function(*, actor: Actor, now: datetime, given: int, until: datetime) -> None:
    """Take a function from a unit from a moment on; one person may. Raises NotThere, Refused, UnitInvalid."""
    require_administration(actor)
    found = UnitFunction.objects.select_related("unit").filter(pk=given).first()
    if found is None or not queries.administers(found.unit.territory_id):
        raise NotThere
    if found.unit_id == actor.unit_id:
        raise Refused
    until = max(until, now, found.since + INSTANT)  # what has not begun ends with its first moment
    if found.until is not None and found.until <= until:
        raise UnitInvalid
    codes = {"unit": found.unit_id, "function": found.function_id, "until": until}
    with transaction.atomic(), _act("end_function", found.unit.body_id, now, **codes):
        UnitFunction.objects.filter(pk=given).update(until=until)


def _unit_of(actor: Actor, unit_id: int, now: datetime) -> Unit:
    """Return a unit that the actor administers. Raises NotThere, Refused for one's own."""
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None or not queries.administers(unit.territory_id):
        raise NotThere
    if unit_id == actor.unit_id:
        raise Refused
    return unit


def _kept(write: Any) -> Any:
    """Write inside a savepoint; what row security refuses is not there for the actor."""
    try:
        with transaction.atomic():
            return write()
    except IntegrityError as error:
        raise UnitInvalid from error
    except DatabaseError as error:
        if getattr(error.__cause__, "sqlstate", "") == "42501":
            raise NotThere from None
        raise


def _act(verb: str, body_id: int, now: datetime, **codes: object) -> AbstractContextManager[object]:
    return journal.act(verb=verb, stream=body_stream(body_id), now=now, codes=codes)
