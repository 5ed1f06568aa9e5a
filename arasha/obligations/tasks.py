"""The clock's doors: once a minute silence is looked at, time that stood still runs again, notices are seen to."""

from datetime import datetime

from procrastinate.contrib.django import app

from arasha.kernel.access.actions import until_none
from arasha.kernel.worktime.queries import domain_now
from arasha.obligations import actions


@app.periodic(cron="* * * * *")
@app.task(name="sweep", queue="timers", queueing_lock="sweep")
def sweep_due(timestamp: int) -> None:
    """Let everything climb whose moment has passed."""
    sweep(domain_now())


@app.periodic(cron="* * * * *")
@app.task(name="resume_duties", queue="timers", queueing_lock="resume_duties")
def resume_duties(timestamp: int) -> None:
    """Let the time run again of duties whose suspension is over."""
    resume(domain_now())


@app.periodic(cron="* * * * *")
@app.task(name="check_notices", queue="timers", queueing_lock="check_notices")
def check_notices(timestamp: int) -> None:
    """See to notices that reached nobody yet, and say so of those whose hour is nearly over."""
    look_at_notices(domain_now())


def sweep(now: datetime) -> int:
    """Sweep batch by batch, each in a transaction of its own, until nothing is due; returns how many steps were taken.

    Any number may run at once: each claims what no other holds.
    """
    return until_none(lambda actor, at: actions.sweep_batch(actor=actor, now=at).climbed, "sweep", now)


def resume(now: datetime) -> int:
    """Let the time run again, batch by batch, of all whose suspension is over; returns how many there were."""
    return until_none(lambda actor, at: actions.resume_due(actor=actor, now=at), "resume_duties", now)


def look_at_notices(now: datetime) -> int:
    """See to the notices that reached nobody yet, batch by batch; returns of how many something was said."""
    return until_none(lambda actor, at: actions.check_notices(actor=actor, now=at), "check_notices", now)
