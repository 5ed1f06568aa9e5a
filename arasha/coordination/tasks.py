"""The clock's door: the board's counters are folded each minute, compared each night, and Fridays written."""

import logging

from procrastinate.contrib.django import app

from arasha.coordination import actions
from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="fold_counters", queue="ordinary", queueing_lock="fold_counters")
def fold_counters(timestamp: int) -> None:
    """Fold what changed into the counters."""
    with system("count") as actor:
        actions.fold_counters(actor=actor, now=domain_now())


@app.periodic(cron="41 2 * * *")
@app.task(name="mend_counters", queue="ordinary", queueing_lock="mend_counters")
def mend_counters(timestamp: int) -> None:
    """Compare the counters with a count; what differed is mended, and reported as the fault that it is."""
    with system("count") as actor:
        wrong = actions.mend_counters(actor=actor, now=domain_now())
    if wrong:
        log.error("counters_differed", extra={"count": wrong})


@app.periodic(cron="11 * * * *")
@app.task(name="write_weeks", queue="ordinary", queueing_lock="write_weeks")
def write_weeks(timestamp: int) -> None:
    """Write the Fridays that are over."""
    with system("count") as actor:
        actions.write_weeks(actor=actor, now=domain_now())
