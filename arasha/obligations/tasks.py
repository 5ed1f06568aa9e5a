"""The clock's door: once a minute silence is looked at."""

from datetime import datetime

from procrastinate.contrib.django import app

from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now
from arasha.obligations import actions


@app.periodic(cron="* * * * *")
@app.task(name="sweep", queue="timers", queueing_lock="sweep")
def sweep_due(timestamp: int) -> None:
    """Let everything climb whose moment has passed."""
    sweep(domain_now())


def sweep(now: datetime) -> int:
    """Sweep batch by batch, each in a transaction of its own, until nothing is due; returns how many steps were taken.

    Any number may run at once: each claims what no other holds.
    """
    steps = 0
    while True:
        with system("sweep") as actor:
            swept = actions.sweep_batch(actor=actor, now=now)
        steps += swept.climbed
        if swept.climbed == 0:
            return steps
