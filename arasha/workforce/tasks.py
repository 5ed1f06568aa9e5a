"""The clock's door: leaves begin and end, and loads that cross their limit are told of."""

from procrastinate.contrib.django import app

from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now
from arasha.workforce import actions, policy


@app.periodic(cron="*/10 * * * *")
@app.task(name="care_for_leaves", queue="timers", queueing_lock="care_for_leaves")
def care_for_leaves(timestamp: int) -> None:
    """Give back what was handed over, then hand over what is due."""
    with system(policy.CARE) as actor:
        actions.end_leaves(actor=actor, now=domain_now())
    with system(policy.CARE) as actor:
        actions.begin_leaves(actor=actor, now=domain_now())


@app.periodic(cron="3-59/15 * * * *")
@app.task(name="remind_supervision", queue="timers", queueing_lock="remind_supervision")
def remind_supervision(timestamp: int) -> None:
    """Remind the two of a session a day before."""
    with system(policy.CARE) as actor:
        actions.remind_supervision(actor=actor, now=domain_now())


@app.periodic(cron="7 * * * *")
@app.task(name="watch_loads", queue="ordinary", queueing_lock="watch_loads")
def watch_loads(timestamp: int) -> None:
    """Tell of loads that crossed their limit, every hour."""
    with system(policy.CARE) as actor:
        actions.watch_loads(actor=actor, now=domain_now())
