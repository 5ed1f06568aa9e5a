"""One-time links leave by the worker, so that asking takes as long for every login."""

import uuid

from django.conf import settings
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from arasha.administration import actions
from arasha.kernel.access import actions as access
from arasha.kernel.worktime import queries as worktime


@app.task(name="send_link", queue="ordinary", retry=RetryStrategy(max_attempts=12, exponential_wait=3))
def send_link(link: str) -> None:
    """Send a one-time link; a silent mail server is tried again for some hours."""
    if not settings.EMAIL_HOST:
        return
    with access.system("sign_in") as actor:
        letter = actions.take_link(actor=actor, now=worktime.domain_now(), link=uuid.UUID(link))
    if letter is not None:
        letter.send()


@app.periodic(cron="*/5 * * * *")
@app.task(name="settle_proposals", queue="ordinary", queueing_lock="settle_proposals")
def settle_proposals(timestamp: int) -> None:
    """Let proposals that nobody confirmed expire, and planned seats begin on their day."""
    with access.system("settle_proposals") as actor:
        actions.settle_proposals(actor=actor, now=worktime.domain_now())
