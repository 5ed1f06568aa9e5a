"""The country's calendar: proposed by one administrator of the nation, confirmed by another."""

import json
import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from arasha.administration.actions.calling import call
from arasha.administration.actions.telling import tell_administrators
from arasha.administration.policy import require_administration
from arasha.administration.rules.days import DayInvalid, NewDay
from arasha.administration.rules.proposals import EXPIRES
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal import actions as journal
from arasha.kernel.journal.rules import configuration_stream
from arasha.kernel.territory.rules import NATION
from arasha.kernel.worktime.rules import local

CALENDAR = configuration_stream("calendar")


def propose_days(*, actor: Actor, now: datetime, days: Sequence[NewDay]) -> uuid.UUID:
    """Propose what the calendar is to say of some days, all of them or none. Limits that were set stay as they are.

    Raises NotAllowed, NotThere for who does not administer the nation, Conflict while a change of one of the days
    waits, DayInvalid.
    """
    require_administration(actor)
    today = local(now).date()
    checked = [day.checked(today) for day in days]
    if not checked or len({day.day for day in checked}) < len(checked):
        raise DayInvalid
    proposal = uuid.uuid4()
    with transaction.atomic():
        codes = {"proposal": proposal, "days": [day.day.isoformat() for day in checked]}
        with journal.act(verb="propose_days", stream=CALENDAR, now=now, codes=codes):
            call(
                "propose_days",
                *(proposal, json.dumps([day.to_json() for day in checked]), EXPIRES),
                casts="%s::uuid, %s::jsonb, %s::interval",
            )
        tell_administrators(actor=actor, place=NATION, code="calendar_proposed", now=now)
    return proposal
