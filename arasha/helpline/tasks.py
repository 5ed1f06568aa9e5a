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


@app.periodic(cron="* * * * *")
@app.task(name="climb_matters", queue="timers", queueing_lock="climb_matters")
def climb_matters(timestamp: int) -> None:
    """Let what a shift left climb to the supervisor."""
    with system(PURPOSE) as actor:
        actions.climb_matters(actor=actor, now=domain_now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="owe_debriefs", queue="ordinary", queueing_lock="owe_debriefs")
def owe_debriefs(timestamp: int) -> None:
    """Owe debriefs after heavy contacts."""
    with system(PURPOSE) as actor:
        actions.owe_debriefs(actor=actor, now=domain_now())


@app.periodic(cron="*/15 * * * *")
@app.task(name="ring_for_debriefs", queue="ordinary", queueing_lock="ring_for_debriefs")
def ring_for_debriefs(timestamp: int) -> None:
    """Tell supervisors of talks that are overdue."""
    with system(PURPOSE) as actor:
        actions.ring_for_debriefs(actor=actor, now=domain_now())


@app.periodic(cron="20 21 * * *")
@app.task(name="delete_ended_flags", queue="ordinary", queueing_lock="delete_ended_flags")
def delete_ended_flags(timestamp: int) -> None:
    """Delete flags of known callers whose day has come, each night."""
    with system(PURPOSE) as actor:
        actions.delete_flags(actor=actor, now=domain_now())


@app.periodic(cron="40 21 * * *")
@app.task(name="delete_ended_debriefs", queue="ordinary", queueing_lock="delete_ended_debriefs")
def delete_ended_debriefs(timestamp: int) -> None:
    """Delete words of debriefs whose day has come, each night."""
    with system(PURPOSE) as actor:
        actions.delete_debriefs(actor=actor, now=domain_now())
