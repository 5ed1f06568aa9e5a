"""The clock's door: a part of an assessment whose day has passed is told of."""

from procrastinate.contrib.django import app

from arasha.kernel.access.actions import system
from arasha.kernel.worktime.queries import domain_now
from arasha.plans import actions


@app.periodic(cron="*/15 * * * *")
@app.task(name="remind_of_late_parts", queue="timers", queueing_lock="remind_of_late_parts")
def remind_of_late_parts(timestamp: int) -> None:
    """Tell who answers for late parts, batch by batch, each in a transaction of its own."""
    while True:
        with system("remind_parts") as actor:
            told = actions.remind_of_late_parts(actor=actor, now=domain_now())
        if told == 0:
            return
