"""The worker's doors: words are opened within seconds; a half-year that is over is counted at night."""

from datetime import datetime

from procrastinate.contrib.django import app

from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now
from arasha.participation import actions

PURPOSE = "letters"


@app.periodic(cron="* * * * * */3")
@app.task(name="open_feedback", queue="timers", queueing_lock="open_feedback")
def open_feedback(timestamp: int) -> None:
    """Open what children wrote, every three seconds, and make signals of what readers found."""
    open_all(domain_now())


@app.periodic(cron="35 20 * * *")
@app.task(name="close_feedback", queue="ordinary", queueing_lock="close_feedback")
def close_feedback(timestamp: int) -> None:
    """Count half-years that are over; 20:35 UTC is 01:35 in Kazakhstan."""
    with system(PURPOSE) as actor:
        actions.close_periods(actor=actor, now=domain_now())


def open_all(now: datetime) -> int:
    """Open batch by batch, each in a transaction of its own, until none is left; returns how many were opened."""
    done = 0
    while True:
        with system(PURPOSE) as actor:
            opened = actions.open_words(actor=actor, now=now)
        with system(PURPOSE) as actor:
            opened += actions.raise_danger(actor=actor, now=now)
        done += opened
        if opened == 0:
            return done
