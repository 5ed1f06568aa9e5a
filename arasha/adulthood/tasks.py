"""The clock's door: the race of children's own applications against the 18th birthday is judged again each night."""

from procrastinate.contrib.django import app

from arasha.adulthood import actions
from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now


@app.periodic(cron="45 1 * * *")
@app.task(name="watch_races", queue="timers", queueing_lock="watch_races")
def watch_races(timestamp: int) -> None:
    """Say which races were lost overnight; 01:45 UTC is 06:45 in Kazakhstan, before people come to work."""
    while True:
        with system("watch_races") as actor:
            said = actions.watch_races(actor=actor, now=domain_now())
        if said == 0:
            return
