"""The clock's door: a file whose lead is gone gets another, and an offer that nobody answers comes back."""

from procrastinate.contrib.django import app

from arasha.cases import actions
from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now


@app.periodic(cron="*/5 * * * *")
@app.task(name="care_for_leads", queue="timers", queueing_lock="care_for_leads")
def care_for_leads(timestamp: int) -> None:
    """Find files without a present lead."""
    with system("care") as actor:
        actions.care_for_leads(actor=actor, now=domain_now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="return_offers", queue="timers", queueing_lock="return_offers")
def return_offers(timestamp: int) -> None:
    """End offers of the lead that nobody answered."""
    with system("care") as actor:
        actions.return_offers(actor=actor, now=domain_now())
