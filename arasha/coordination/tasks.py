"""The clock's door: the board's counters are folded each minute, compared each night, and Fridays written."""

import logging

from procrastinate.contrib.django import app

from arasha.coordination import actions, policy
from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now

# In this order: what has ended is not put right, and what was noticed is answered for in the same turn.
SILENCE = (
    actions.end_silences,
    actions.date_silences,
    actions.cut_mutes,
    actions.notice_silences,
    actions.ask_answers,
)
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


@app.periodic(cron="*/5 * * * *")
@app.task(name="notice_silences", queue="ordinary", queueing_lock="notice_silences")
def notice_silences(timestamp: int) -> None:
    """Look again at files in which something was done; end what is over, notice what nobody does, ask for answers."""
    with system("count") as actor:
        actions.watch_files(actor=actor, now=domain_now())
        for step in SILENCE:
            while step(actor=actor, now=domain_now()):
                pass


@app.periodic(cron="11 3 * * *")
@app.task(name="mend_watch", queue="ordinary", queueing_lock="mend_watch")
def mend_watch(timestamp: int) -> None:
    """Look at every open case; what the watch had missed is mended, and reported as the fault that it is."""
    with system("count") as actor:
        wrong = actions.mend_watch(actor=actor, now=domain_now())
    if wrong:
        log.error("watch_differed", extra={"count": wrong})


@app.periodic(cron="29 * * * *")
@app.task(name="ask_contacts", queue="ordinary", queueing_lock="ask_contacts")
def ask_contacts(timestamp: int) -> None:
    """Let contact from home be owed for children who are away, and end what is owed no more."""
    with system(policy.CONTACTS) as actor:
        actions.ask_contacts(actor=actor, now=domain_now())
