"""The sealer's minute: it stands here because sealing needs a context, and the journal stands below."""

from procrastinate.contrib.django import app

from arasha.kernel.access import actions
from arasha.kernel.journal import actions as journal
from arasha.kernel.worktime.queries import domain_now


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
