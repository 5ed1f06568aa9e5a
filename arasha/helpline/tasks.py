"""The clock's door: contacts that lost their operator wait again, and supervisors are rung for who waits too long."""

from procrastinate.contrib.django import app

from arasha.helpline import actions
from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now

PURPOSE = "helpline"


@app.periodic(cron="* * * * *")
@app.task(name="return_lost_contacts", queue="timers", queueing_lock="return_lost_contacts")
def return_lost_contacts(timestamp: int) -> None:
    """Let written contacts wait again whose operator is not there."""
    with system(PURPOSE) as actor:
        actions.return_lost(actor=actor, now=domain_now())


@app.periodic(cron="* * * * *")
@app.task(name="ring_for_contacts", queue="timers", queueing_lock="ring_for_contacts")
def ring_for_contacts(timestamp: int) -> None:
    """Ring for who waits in danger, or too long."""
    with system(PURPOSE) as actor:
        actions.ring_for_contacts(actor=actor, now=domain_now())
