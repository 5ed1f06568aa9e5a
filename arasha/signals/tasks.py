"""The clock's door: once a night the rules that notice are evaluated."""

from datetime import datetime

from procrastinate.contrib.django import app

from arasha.kernel.access.actions import until_none
from arasha.kernel.worktime.queries import domain_now
from arasha.signals import actions


@app.periodic(cron="20 21 * * *")
@app.task(name="notice_children", queue="ordinary", queueing_lock="notice_children")
def notice_children(timestamp: int) -> None:
    """Evaluate the rules in the night: 21:20 in UTC is 02:20 in Kazakhstan."""
    notice_all(domain_now())


@app.periodic(cron="* * * * *")
@app.task(name="ring_alarms", queue="timers", queueing_lock="ring_alarms")
def ring_alarms(timestamp: int) -> None:
    """Ring for children with whom nobody stays."""
    ring_all(domain_now())


@app.periodic(cron="* * * * *")
@app.task(name="review_responses", queue="ordinary", queueing_lock="review_responses")
def review_responses(timestamp: int) -> None:
    """Look at the reports that went the way of family support."""
    until_none(lambda actor, at: actions.review_responses(actor=actor, now=at), "second_reading", domain_now())


def ring_all(now: datetime) -> int:
    """Ring batch by batch until nothing is due; returns for how many children."""
    return until_none(lambda actor, at: actions.ring_due(actor=actor, now=at), "ring", now)


def notice_all(now: datetime) -> int:
    """Notice batch by batch, each in a transaction of its own, until nothing is new; returns how much that was."""
    return until_none(lambda actor, at: actions.notice(actor=actor, now=at).written, "notice", now)
