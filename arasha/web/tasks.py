"""Work of the clock that no folder below could do alone: webhooks leave, and kept answers are forgotten."""

from procrastinate.contrib.django import app

from arasha.administration.actions.systems import run_webhooks
from arasha.kernel.access.actions import system
from arasha.kernel.exchange.actions import forget_answers
from arasha.kernel.worktime.queries import domain_now


@app.periodic(cron="* * * * * */15")
@app.task(name="webhooks", queue="ordinary", queueing_lock="webhooks")
def webhooks(timestamp: int) -> None:
    """Send what is due to webhooks; each message stands in transactions of its own."""
    run_webhooks(now=domain_now())


@app.periodic(cron="17 * * * *")
@app.task(name="forget_answers", queue="ordinary", queueing_lock="forget_answers")
def forget(timestamp: int) -> None:
    """Forget the answers that nobody may ask for any more."""
    with system("forget_answers"):
        forget_answers()
