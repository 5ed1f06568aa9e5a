"""The clock's door: once a week keepers are told what grew stale."""

from procrastinate.contrib.django import app

from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now
from arasha.services import actions


@app.periodic(cron="20 3 * * 1")
@app.task(name="remind_keepers", queue="ordinary", queueing_lock="remind_keepers")
def remind_keepers(timestamp: int) -> None:
    """Tell of entries to ask about again; Monday 03:20 UTC is 08:20 in Kazakhstan."""
    with system("directory") as actor:
        actions.remind_keepers(actor=actor, now=domain_now())
