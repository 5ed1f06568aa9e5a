"""What the clock does: seals (they need a context, and the journal stands below), and periods that ended."""

from procrastinate.contrib.django import app

from arasha.kernel.access import actions
from arasha.kernel.journal import actions as journal
from arasha.kernel.worktime.queries import domain_now

BATCH = 100


class SealsNotSentOut(Exception):
    """A way out of the database failed; the next minute tries again."""


@app.periodic(cron="* * * * *")
@app.task(name="seal", queue="timers", queueing_lock="seal")
def seal(timestamp: int) -> None:
    """Seal what no seal covers yet, commit, and send the seals out. Raises SealsNotSentOut."""
    sealed = True
    while sealed:
        with actions.system("seal"):
            sealed = journal.seal_once(now=domain_now()) is not None
    with actions.system("seal"):
        failed = journal.export_seals()
    if failed:
        raise SealsNotSentOut(", ".join(failed))


@app.periodic(cron="* * * * *")
@app.task(name="refresh_teams", queue="timers", queueing_lock="refresh_teams")
def refresh_teams(timestamp: int) -> None:
    """Take parts that have ended out of the dossiers' arrays and leads; reading is exact without it."""
    done = BATCH
    while done == BATCH:
        with actions.system("refresh_teams") as actor:
            done = actions.refresh_teams(actor=actor, now=domain_now(), limit=BATCH)
