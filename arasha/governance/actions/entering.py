"""Entering a pilot, and changing what it is."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from arasha.governance import policy, queries
from arasha.governance.actions.writing import (
    Overtaken,
    TicketUsed,
    hold,
    new_pilot,
    sent_before,
    stepped,
    write,
)
from arasha.governance.models import Description, Step
from arasha.governance.rules import PilotFaulty, PilotSaid, StepSaid, check_until
from arasha.kernel.access.rules import Actor, NotThere
from arasha.kernel.worktime.rules import local

__all__ = ["Overtaken", "TicketUsed", "add_pilot", "change_pilot"]


def add_pilot(*, actor: Actor, ticket: UUID, said: PilotSaid, until: date, document: str, now: datetime) -> UUID:
    """Enter a pilot with the last day of its money and the document that says so; returns its id.

    `ticket`, made by the page, is its id and that of its first step: sent twice it is one entry. Money that ended
    already may be entered: such pilots are looked for. Raises NotAllowed, PilotFaulty, TicketUsed.
    """
    policy.require_keeping(actor, said.territories)
    today = local(now).date()
    _check(actor, said, until, today, unit=None)
    StepSaid(kind="changed", on=today, said="-", document=document).check(today=today)
    row = new_pilot(actor, ticket, now)
    step = Step(id=ticket, pilot=row, number=1, kind="entered", on=today, until=until, document=document)
    rows = [row, stepped(actor, step, now), _described(step, said)]
    if not sent_before(rows):
        write(actor, "enter_pilot", rows, row.pk, now)
    return row.pk


def change_pilot(
    *, actor: Actor, ticket: UUID, pilot: UUID, after: int, said: PilotSaid, why: StepSaid, now: datetime
) -> UUID:
    """Describe a pilot anew, with the reason in `why`; the last day of its money stays as it is.

    `after`: the number of the last step that the page showed. Raises NotThere, NotAllowed, PilotFaulty, Overtaken,
    TicketUsed.
    """
    today = local(now).date()
    found = queries.line(actor, pilot, today=today)
    policy.require_keeping(actor, found.said.territories)
    policy.require_keeping(actor, said.territories)
    why.check(today=today)
    with transaction.atomic():
        if not hold(pilot):
            raise NotThere
        step = Step(id=ticket, pilot=found.pilot, number=after + 1, kind="changed", on=why.on)
        step.said, step.document = why.said, why.document
        rows = [stepped(actor, step, now), _described(step, said)]
        if sent_before(rows):
            return ticket
        found = queries.line(actor, pilot, today=today)
        if found.stands.number != after:
            raise Overtaken
        _check(actor, said, found.stands.until, today, unit=found.said.unit_id)
        write(actor, "change_pilot", rows, pilot, now)
    return ticket


def _check(actor: Actor, said: PilotSaid, until: date, today: date, unit: int | None) -> None:
    """Raise PilotFaulty with what can't stand; `unit` is who answers until now and may stay."""
    said.check()
    check_until(said.first_day, until, "until" if unit is None else "first_day")
    if said.unit != unit and not queries.answering(actor, today).filter(pk=said.unit).exists():
        raise PilotFaulty([("unit", "unknown")])
    if len(queries.open_of(said.offerings)) < len(set(said.offerings)):
        raise PilotFaulty([("offerings", "unknown")])


def _described(step: Step, said: PilotSaid) -> Description:
    fields = {name: getattr(said, name) for name in said.__slots__ if name not in {"territories", "unit", "offerings"}}
    row = Description(id=step.pk, pilot=step.pilot, step=step, unit_id=said.unit, **fields)
    row.territories, row.offerings = list(dict.fromkeys(said.territories)), list(dict.fromkeys(said.offerings))
    return row
