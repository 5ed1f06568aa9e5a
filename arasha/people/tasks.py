"""The worker's door: registers are loaded, compared and taken back while people do something else."""

from uuid import UUID

from procrastinate.contrib.django import app

from arasha.kernel.worktime.queries import domain_now
from arasha.people.actions.loading import match_register as compare
from arasha.people.actions.loading import run_load


@app.task(name="load_register", queue="ordinary")
def load_register(load: str) -> None:
    """Work on a load from where it stands; a job that was broken off comes back and goes on."""
    run_load(load=UUID(load), moment=domain_now)


@app.task(name="match_register", queue="ordinary")
def match_register(load: str) -> None:
    """Compare the people whom another system sent with everybody known."""
    compare(load=UUID(load), moment=domain_now)
