"""The clock's door: contacts that lost their operator wait again, and supervisors are rung for who waits too long."""

import logging

from procrastinate.contrib.django import app

from arasha.helpline import actions, queries
from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now

PURPOSE = "helpline"
CALLS = "helpline_calls"
log = logging.getLogger(__name__)


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


@app.periodic(cron="* * * * * */2")
@app.task(name="follow_calls", queue="timers", queueing_lock="follow_calls")
def follow_calls(timestamp: int) -> None:
    """Do what calls ask for, each in a transaction of its own."""
    with system(CALLS) as actor:
        due = queries.due_calls(actor)
    for call in due:
        try:
            with system(CALLS) as actor:
                actions.follow_call(actor=actor, call=call, now=domain_now())
        except Exception as problem:  # one that can't be followed holds up no other; it is tried again
            log.exception("a call could not be followed", extra={"component": type(problem).__name__})


@app.periodic(cron="* * * * *")
@app.task(name="lose_silent_calls", queue="timers", queueing_lock="lose_silent_calls")
def lose_silent_calls(timestamp: int) -> None:
    """Give up calls that the exchange never ended."""
    with system(CALLS) as actor:
        actions.lose_silent(actor=actor, now=domain_now())


@app.periodic(cron="3 * * * *")
@app.task(name="forget_calls", queue="ordinary", queueing_lock="forget_calls")
def forget_calls(timestamp: int) -> None:
    """Take away salts, marks, numbers and events whose time is over."""
    with system(CALLS) as actor:
        actions.forget_calls(actor=actor, now=domain_now())


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
