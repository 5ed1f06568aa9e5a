"""The clock's doors: late parts, children who wait too long for a service, services that end, answers over links."""

from procrastinate.contrib.django import app

from arasha.kernel.access.actions import until_none
from arasha.kernel.worktime.queries import domain_now
from arasha.plans import actions


@app.periodic(cron="*/15 * * * *")
@app.task(name="remind_of_late_parts", queue="timers", queueing_lock="remind_of_late_parts")
def remind_of_late_parts(timestamp: int) -> None:
    """Tell who answers for late parts, batch by batch, each in a transaction of its own."""
    until_none(lambda actor, at: actions.remind_of_late_parts(actor=actor, now=at), "remind_parts", domain_now())


@app.periodic(cron="*/15 * * * *")
@app.task(name="tell_of_waiting", queue="timers", queueing_lock="tell_of_waiting")
def tell_of_waiting(timestamp: int) -> None:
    """Tell who answers for children who wait longer than their urgency allows, batch by batch."""
    until_none(lambda actor, at: actions.tell_of_waiting(actor=actor, now=at), "watch_places", domain_now())


@app.periodic(cron="*/15 * * * *")
@app.task(name="return_silent_referrals", queue="timers", queueing_lock="return_silent_referrals")
def return_silent_referrals(timestamp: int) -> None:
    """Let referrals that nobody answered in time come back to who sent them, batch by batch."""
    until_none(lambda actor, at: actions.return_silent(actor=actor, now=at), "watch_places", domain_now())


@app.periodic(cron="* * * * * */3")
@app.task(name="take_outside_answers", queue="timers", queueing_lock="take_outside_answers")
def take_outside_answers(timestamp: int) -> None:
    """Take in what came over links, every three seconds, batch by batch."""
    until_none(lambda actor, at: actions.take_outside(actor=actor, now=at), "watch_places", domain_now())


@app.periodic(cron="*/15 * * * *")
@app.task(name="end_outside_links", queue="timers", queueing_lock="end_outside_links")
def end_outside_links(timestamp: int) -> None:
    """End links whose time is over, and those of services that have an account by now."""
    until_none(lambda actor, at: actions.end_old_links(actor=actor, now=at), "watch_places", domain_now())


@app.periodic(cron="30 2 * * *")
@app.task(name="owe_hand_overs", queue="ordinary", queueing_lock="owe_hand_overs")
def owe_hand_overs(timestamp: int) -> None:
    """Note whose service ends; 02:30 UTC is 07:30 in Kazakhstan, before people come to work."""
    until_none(lambda actor, at: actions.owe_hand_overs(actor=actor, now=at), "watch_places", domain_now())
