"""Mail, and housekeeping of the job queue itself."""

import uuid
from typing import Final

from procrastinate import JobContext, jobs
from procrastinate.contrib.django import app

from arasha.kernel.messages import actions

# A worker says every 10 s that it lives; one that was silent for a minute is dead and its jobs are free again.
SILENT_SECONDS: Final = 60
# A job that took its worker down this often is a defect and must not take down a further one.
TRIES: Final = 8
KEEP_FAILED_HOURS: Final = 30 * 24


@app.periodic(cron="* * * * *")
@app.task(name="reap", queue="timers", queueing_lock="reap", pass_context=True)
async def reap(context: JobContext, timestamp: int) -> None:
    """Give the jobs of dead workers back to the queue.

    A timer's job is dropped instead: its next tick stands in the queue under the same lock.
    """
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_SECONDS):
        if job.queueing_lock is not None or job.attempts >= TRIES:
            await manager.finish_job(job, status=jobs.Status.FAILED, delete_job=False)
        else:
            await manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(name="clear_queue", queue="ordinary", queueing_lock="clear_queue", pass_context=True)
async def clear_queue(context: JobContext, timestamp: int) -> None:
    """Forget jobs that ended more than 30 days ago."""
    await context.app.job_manager.delete_old_jobs(
        KEEP_FAILED_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


@app.task(name="deliver", queue="ordinary")
def deliver(notice: str) -> None:
    """Send a notice to those it is for, as soon as it is committed."""
    actions.spread(notice=uuid.UUID(notice))
    actions.post_mail()


@app.task(name="deliver_all", queue="ordinary")
def deliver_all() -> None:
    """Send what many notices put down at once ask for, as soon as they are committed."""
    actions.spread_all()
    actions.post_mail()


@app.periodic(cron="* * * * *")
@app.task(name="mail", queue="ordinary", queueing_lock="mail")
def mail(timestamp: int) -> None:
    """Send what a lost job or a silent mail server left behind."""
    actions.spread_all()
    actions.post_mail()
