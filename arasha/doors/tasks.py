"""The worker's doors: letters are opened within seconds, and urgent ones ring until somebody takes them."""

from datetime import datetime

from procrastinate.contrib.django import app

from arasha.doors import actions
from arasha.evidence.actions import hand_over
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


@app.periodic(cron="* * * * * */5")
@app.task(name="open_parcels", queue="ordinary", queueing_lock="open_parcels")
def open_parcels(timestamp: int) -> None:
    """Keep the files that came in, every five seconds, and hand over what an investigator is to have."""
    keep_all(domain_now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="sweep_parcels", queue="ordinary", queueing_lock="sweep_parcels")
def sweep_parcels(timestamp: int) -> None:
    """Take away files that were begun and never sent."""
    with system("letters") as actor:
        actions.sweep_parcels(actor=actor, now=domain_now())


def keep_all(now: datetime) -> int:
    """Keep file after file, each in a transaction of its own, until none is left; returns how many were tried."""
    done = 0
    while True:
        with system("letters") as actor:
            if not actions.open_parcel(actor=actor, now=now):
                hand_over(actor=actor, now=now)
                return done
        done += 1


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
