"""The clock's door: once a night the rules that notice are evaluated."""

from datetime import datetime

from procrastinate.contrib.django import app

from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now
from arasha.signals import actions


@app.periodic(cron="20 21 * * *")
@app.task(name="notice_children", queue="ordinary", queueing_lock="notice_children")
def notice_children(timestamp: int) -> None:
    """Evaluate the rules in the night: 21:20 in UTC is 02:20 in Kazakhstan."""
    notice_all(domain_now())


def notice_all(now: datetime) -> int:
    """Notice batch by batch, each in a transaction of its own, until nothing is new; returns how much that was."""
    done = 0
    while True:
        with system("notice") as actor:
            written = actions.notice(actor=actor, now=now).written
        done += written
        if written == 0:
            return done
