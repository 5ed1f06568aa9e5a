"""The clock's door: consents and shares that are over end, and their receivers are told."""

from procrastinate.contrib.django import app

from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now
from arasha.sharing import actions


@app.periodic(cron="*/5 * * * *")
@app.task(name="watch_sharing", queue="timers", queueing_lock="watch_sharing")
def watch_sharing(timestamp: int) -> None:
    """End what is over, and tell of what fell with a suspect, batch by batch."""
    while True:
        with system("watch_sharing") as actor:
            done = actions.watch_sharing(actor=actor, now=domain_now())
        if done == 0:
            return
