"""The clock's part: an application that was in time this morning and is not any more is said to be so, once a stage.

Each application is one small transaction that asks again whether it is still so: a run that was broken off goes on, a
second one at the same time finds nothing to do.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from arasha.adulthood import policy, queries
from arasha.adulthood.actions.filing import owe, told
from arasha.adulthood.models import Application
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.kernel.worktime.rules import local
from arasha.plans.queries import who_answers

BATCH = 100


def watch_races(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """As the clock, judge the races again: where one is lost by now, guardianship owes a step, lead and district hear.

    What was said when the application was filed or moved on is not said again in that stage. Returns of how many
    applications something was said. Raises NotAllowed.
    """
    if not policy.may_watch_races(actor):
        raise policy.NotAllowed
    return sum(_say(actor, row, now) for row in queries.newly_lost(local(now).date(), limit))


def _say(actor: Actor, application: UUID, now: datetime) -> bool:
    with transaction.atomic():
        locked = Application.objects.select_for_update(of=("self",), skip_locked=True)
        row = locked.filter(pk=application, state="open").first()
        if row is None or not queries.is_newly_lost(row, local(now).date()):
            return False
        codes = told(actor, row)
        with act(verb="lose_own_race", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
            units = who_answers(row.dossier_id, now)
            if units:
                link = f"/adulthood/of/{row.dossier_id}/"
                notify(actor=actor, units=units, code="own_race_lost", link=link, dossier=row.dossier_id, now=now)
        owe(actor, row, now, event="lose_own_race", race=queries.race_of(row, local(now).date()).state)
    return True
