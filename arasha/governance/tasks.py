"""The clock's door: every morning it is asked of which pilots the money ends without a decision."""

from procrastinate.contrib.django import app

from arasha.governance import actions, policy
from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now


@app.periodic(cron="30 3 * * *")
@app.task(name="remind_of_pilots", queue="ordinary", queueing_lock="remind_of_pilots")
def remind_of_pilots(timestamp: int) -> None:
    """Tell of pilots whose money ends; 03:30 UTC is 08:30 in Kazakhstan."""
    with system(policy.CLOCK) as actor:
        actions.remind(actor=actor, now=domain_now())
