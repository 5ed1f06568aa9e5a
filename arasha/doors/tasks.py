"""The worker's doors: letters are opened within seconds, and urgent ones ring until somebody takes them."""

from datetime import datetime

from procrastinate.contrib.django import app

from arasha.doors import actions
from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now


@app.periodic(cron="* * * * * */3")
@app.task(name="open_letters", queue="timers", queueing_lock="open_letters")
def open_letters(timestamp: int) -> None:
    """Open what came in, every three seconds."""
    open_all(domain_now())


@app.periodic(cron="* * * * *")
@app.task(name="ring_for_tellers", queue="timers", queueing_lock="ring_for_tellers")
def ring_for_tellers(timestamp: int) -> None:
    """Ring for whoever is not safe tonight and whom nobody has taken."""
    with system("ring") as actor:
        actions.ring_for_tellers(actor=actor, now=domain_now())


def open_all(now: datetime) -> int:
    """Open batch by batch, each in a transaction of its own, until none is left; returns how many were opened.

    Any number may run at once: each claims what no other holds.
    """
    done = 0
    while True:
        with system("letters") as actor:
            opened = actions.open_letters(actor=actor, now=now)
        done += opened
        if opened == 0:
            return done
