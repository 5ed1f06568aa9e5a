"""Daily housekeeping: what should be gone, goes."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from arasha.kernel.vault import actions


@app.periodic(cron="40 2 * * *")
@app.task(name="vault_daily", queue="ordinary", queueing_lock="vault_daily")
def vault_daily(timestamp: int) -> None:
    """Remove key backups and retired keys older than 30 days, and stored files that no row needs."""
    moment = datetime.fromtimestamp(timestamp, UTC)
    actions.prune(now=moment)
    actions.sweep_files(now=moment)
