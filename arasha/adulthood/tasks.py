"""The clock's door: each night races against the 18th birthday are judged again, and who turned 17 or 18 is seen."""

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


@app.periodic(cron="50 1 * * *")
@app.task(name="watch_ages", queue="timers", queueing_lock="watch_ages")
def watch_ages(timestamp: int) -> None:
    """Begin the aftercare of who turned 17, and let the consent of who turned 18 be asked."""
    while True:
        with system("watch_races") as actor:
            changed = actions.watch_ages(actor=actor, now=domain_now())
        if changed == 0:
            return
