"""The clock's door: surveys whose 30 days are over close, and files that a crash left behind go."""

import logging

from procrastinate.contrib.django import app

from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now
from arasha.surveys import actions, queries

PURPOSE = "surveys"
log = logging.getLogger(__name__)


@app.periodic(cron="25 20 * * *")
@app.task(name="close_surveys", queue="ordinary", queueing_lock="close_surveys")
def close_surveys(timestamp: int) -> None:
    """Close what is due, each survey in a transaction of its own; 20:25 UTC is 01:25 in Kazakhstan."""
    with system(PURPOSE) as actor:
        waiting = list(queries.due(actor, domain_now()))
    for survey in waiting:
        try:
            with system(PURPOSE) as actor:
                actions.close_survey(actor=actor, survey=survey, now=domain_now())
        except Exception as problem:  # one that can't be closed holds up no other; it is tried again tomorrow
            log.exception("a survey could not be closed", extra={"component": type(problem).__name__})
    with system(PURPOSE) as actor:
        actions.sweep_envelopes(actor=actor, now=domain_now())
