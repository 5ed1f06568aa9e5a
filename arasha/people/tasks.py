"""The clock's door: once a day those who oversee a place are told of files that may name one person."""

from procrastinate.contrib.django import app

from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now
from arasha.people import actions


@app.periodic(cron="40 1 * * *")
@app.task(name="tell_of_links", queue="ordinary", queueing_lock="tell_of_links")
def tell_of_links(timestamp: int) -> None:
    """Tell of new links; 01:40 UTC is 06:40 in Kazakhstan, before the day begins."""
    with system("links") as actor:
        actions.tell_of_links(actor=actor, now=domain_now())
