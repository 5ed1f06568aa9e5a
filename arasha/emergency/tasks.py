"""The clock's door: once a minute emergencies end, and duties go over and come back."""

from procrastinate.contrib.django import app

from arasha.emergency import actions, policy
from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now


@app.periodic(cron="* * * * *")
@app.task(name="care_for_emergencies", queue="timers", queueing_lock="care_for_emergencies")
def care_for_emergencies(timestamp: int) -> None:
    """End what is over, give back what was lent, lend what closed bodies owe."""
    with system(policy.CARE) as actor:
        actions.care(actor=actor, now=domain_now())
