"""The clock's doors: who was written down is compared with everybody else; who oversees a place is told of links."""

from procrastinate.contrib.django import app

from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now
from arasha.people import actions

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
