"""Telling in good time that the money of a pilot ends and nobody has decided: each rung once, higher every time.

Of each pilot it is asked again once it is held: a second run at the same time finds nothing to do, and a decision that
comes in between is heard.
"""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from arasha.governance import policy, queries
from arasha.governance.actions.writing import hold
from arasha.governance.models import Reminder
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import body_stream
from arasha.kernel.messages.actions import notify

LINK = "/pilots/{pilot}/"


def remind(*, actor: Actor, now: datetime) -> int:
    """As the clock, tell of every pilot whose money ends, or ended, without a decision.

    Who keeps and who answers hears first, then the units above as `reminders.csv` says. Of rungs that passed before
    the pilot was entered, or while the clock stood, the last is told alone. Returns of how many pilots something was
    said. Raises NotAllowed for anybody but the clock's work.
    """
    if not policy.may_remind(actor):
        raise policy.NotAllowed
    # In one order, so that two runs never wait for each other.
    due = sorted(found.pilot.pk for found, _rung in queries.to_remind(actor, now))
    return sum(_tell(actor, pilot, now) for pilot in due)


def _tell(actor: Actor, pilot: UUID, now: datetime) -> bool:
    with transaction.atomic():
        due = queries.to_remind(actor, now, pilot) if hold(pilot) else []
        if not due:
            return False
        found, rung = due[0]
        row = Reminder(id=uuid4(), pilot=found.pilot, since=found.stands.since, rung=rung, told_at=now)
        codes = {"pilot": str(pilot), "rung": rung}
        with act(verb="remind_of_pilot", stream=body_stream(found.said.unit.body_id), now=now, codes=codes):
            Reminder.objects.bulk_create([row])
            notify(
                actor=actor,
                code="pilot_ended" if rung == "ended" else "pilot_ends",
                link=LINK.format(pilot=pilot),
                units=queries.who_hears(found, rung, now),
                now=now,
            )
    return True
