"""The clock's and the worker's doors: people are compared, overseers told of links, registers loaded and taken back."""

from uuid import UUID

from procrastinate.contrib.django import app

from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now
from arasha.people import actions
from arasha.people.actions.loading import match_register as compare
from arasha.people.actions.loading import run_load

# A minute's work at the most, so that registers don't hold others up.
ROUNDS = 20


@app.periodic(cron="* * * * *")
@app.task(name="match_people", queue="ordinary", queueing_lock="match_people")
def match_people(timestamp: int) -> None:
    """Compare those who wait."""
    for _round in range(ROUNDS):
        with system("match") as actor:
            if not actions.match_waiting(actor=actor, now=domain_now()):
                return


@app.periodic(cron="40 1 * * *")
@app.task(name="tell_of_links", queue="ordinary", queueing_lock="tell_of_links")
def tell_of_links(timestamp: int) -> None:
    """Tell of new links; 01:40 UTC is 06:40 in Kazakhstan, before the day begins."""
    with system("links") as actor:
        actions.tell_of_links(actor=actor, now=domain_now())


@app.task(name="load_register", queue="ordinary")
def load_register(load: str) -> None:
    """Work on a load from where it stands; a job that was broken off comes back and goes on."""
    run_load(load=UUID(load), moment=domain_now)


@app.task(name="match_register", queue="ordinary")
def match_register(load: str) -> None:
    """Compare the people whom another system sent with everybody known."""
    compare(load=UUID(load), moment=domain_now)
