"""What the clock asks of pilots: of which the money ends, or ended, without a decision, and who is to be told."""

from datetime import datetime
from uuid import UUID

from arasha.governance.models import Reminder
from arasha.governance.queries.reading import Line, every, line
from arasha.governance.rules import REMINDERS, reached
from arasha.kernel.access.models import Unit
from arasha.kernel.access.queries import supervisor_of
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules import local


def to_remind(actor: Actor, now: datetime, pilot: UUID | None = None) -> list[tuple[Line, str]]:
    """Return the pilots of which a reminder is due and was not told, each with its rung: the last that was reached.

    With a pilot, of that one alone: what still has to be said once it is held. Raises NotThere for one that is none.
    """
    today = local(now).date()
    rows = every(actor, today=today) if pilot is None else [line(actor, pilot, today=today)]
    rungs = [(one, codes[-1]) for one in rows if (codes := reached(one.stands, today=today))]
    told = Reminder.objects.filter(pilot__in=[one.pilot.pk for one, _rung in rungs])
    done = set(told.values_list("pilot_id", "since", "rung"))
    return [(one, rung) for one, rung in rungs if (one.pilot.pk, one.stands.since, rung) not in done]


def who_hears(found: Line, rung: str, now: datetime) -> list[int]:
    """Return the units to tell: who keeps the pilot, who answers for it, and as many above as the rung says."""
    units = {found.pilot.unit_id}
    unit: Unit | None = found.said.unit
    if unit is not None and unit.valid_to is not None and unit.valid_to <= local(now).date():
        unit = supervisor_of(unit, now)
    for _height in range(int(REMINDERS[rung].more["height"]) + 1):
        if unit is None:
            break
        units.add(unit.pk)
        unit = supervisor_of(unit, now)
    return sorted(units)


def reminders_of(pilot: UUID) -> list[Reminder]:
    """Return what was said of one pilot, the newest first."""
    return list(Reminder.objects.filter(pilot=pilot).order_by("-told_at"))
