"""The clock's door: once a minute it is looked at who should be out of a visit and is not."""

from datetime import datetime

from procrastinate.contrib.django import app

from arasha.care import actions, policy
from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now


@app.periodic(cron="* * * * *")
@app.task(name="watch_outings", queue="timers", queueing_lock="watch_outings")
def watch_outings(timestamp: int) -> None:
    """Let the silence of whoever is late climb."""
    watch(domain_now())


def watch(now: datetime) -> int:
    """Look at who is late; returns how many steps were taken."""
    with system(policy.CLOCK) as actor:
        return actions.watch_outings(actor=actor, now=now)
