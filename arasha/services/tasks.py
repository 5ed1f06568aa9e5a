"""The clock's doors: keepers are told what grew stale, tables are loaded and forgotten, the open data is made."""

from uuid import UUID

from procrastinate.contrib.django import app

from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now
from arasha.services import actions
from arasha.services.actions.loading import run_load


@app.periodic(cron="20 3 * * 1")
@app.task(name="remind_keepers", queue="ordinary", queueing_lock="remind_keepers")
def remind_keepers(timestamp: int) -> None:
    """Tell of entries to ask about again; Monday 03:20 UTC is 08:20 in Kazakhstan."""
    with system("directory") as actor:
        actions.remind_keepers(actor=actor, now=domain_now())


@app.task(name="load_directory", queue="ordinary")
def load_directory(load: str) -> None:
    """Work on a table from where it stands; a job that was broken off comes back and goes on."""
    run_load(load=UUID(load), moment=domain_now)


@app.periodic(cron="20 22 * * *")
@app.task(name="forget_directory_loads", queue="ordinary", queueing_lock="forget_directory_loads")
def forget_directory_loads(timestamp: int) -> None:
    """Take out the rows of tables that were handed in long ago."""
    with system("forget_directory_loads") as actor:
        actions.forget_loads(actor=actor, now=domain_now())


@app.periodic(cron="40 22 * * *")
@app.task(name="publish_directory", queue="ordinary", queueing_lock="publish_directory")
def publish_directory(timestamp: int) -> None:
    """Make the day's open data; 22:40 UTC is 03:40 in Kazakhstan, the same day for everybody there."""
    with system("publish_directory") as actor:
        actions.publish(actor=actor, now=domain_now())
