"""The clock's door: requests that nobody matches to a file are told of."""

from procrastinate.contrib.django import app

from arasha.kernel.access.actions import until_none
from arasha.kernel.worktime.queries import domain_now
from arasha.releases import actions, policy


@app.periodic(cron="20 * * * *")
@app.task(name="climb_file_requests", queue="timers", queueing_lock="climb_file_requests")
def climb_file_requests(timestamp: int) -> None:
    """Tell of unmatched requests, each hour, until nothing is left to tell."""
    until_none(lambda actor, at: actions.climb(actor=actor, now=at), policy.CLIMB, domain_now())
