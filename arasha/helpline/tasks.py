"""The helpline's clock: chats are heard at once, short messages go out, nobody waits unseen."""

import json
import logging
from datetime import datetime

from django.conf import settings
from django.views.decorators.debug import sensitive_variables
from procrastinate.contrib.django import app

from arasha.doors import actions as doors
from arasha.helpline import actions, queries
from arasha.kernel.access.actions import system
from arasha.kernel.exchange.actions.posting import send
from arasha.kernel.worktime.queries import domain_now

log = logging.getLogger("arasha.helpline")
PURPOSE = "helpline"
CALLS = "helpline_calls"
# The doors let this purpose alone open what the public wrote and put something over a code.
LETTERS = "letters"
SMS = "sms"


@app.periodic(cron="* * * * * *")
@app.task(name="chats", queue="timers", queueing_lock="chats")
def chats(timestamp: int) -> None:
    """Hear what was written in chats and show what was answered, every second."""
    hear_all(domain_now())
    show_all(domain_now())


@app.periodic(cron="* * * * * */20")
@app.task(name="attend_chats", queue="timers", queueing_lock="attend_chats")
def attend_chats(timestamp: int) -> None:
    """Say whether somebody answers chats, three times a minute."""
    with system(LETTERS) as actor:
        actions.attend_chats(actor=actor, now=domain_now())


@app.periodic(cron="* * * * *")
@app.task(name="leave_chats", queue="timers", queueing_lock="leave_chats")
def leave_chats(timestamp: int) -> None:
    """Tell what was written in chats to which nobody came."""
    with system(LETTERS) as actor:
        actions.leave_chats(actor=actor, now=domain_now())


def hear_all(now: datetime) -> int:
    """Open what was written in chats, batch by batch, each in a transaction of its own; returns how many letters."""
    done = 0
    while True:
        with system(LETTERS) as actor:
            heard = doors.open_chats(
                actor=actor, now=now, hear=lambda one: actions.hear_chat(actor=actor, heard=one, now=now)
            )
        done += heard
        if heard == 0:
            return done


def show_all(now: datetime) -> int:
    """Put over their codes what operators said; returns how many chats."""
    with system(LETTERS) as actor:
        return actions.show_chats(actor=actor, now=now)


@app.periodic(cron="* * * * * */3")
@app.task(name="send_sms", queue="ordinary", queueing_lock="send_sms")
def send_sms(timestamp: int) -> None:
    """Hand short messages to the gateway."""
    send_all(domain_now())


def send_all(now: datetime) -> int:
    """Hand over what is due, each outside of a transaction; returns how many were taken. Nothing without a gateway."""
    if not settings.ARASHA_SMS_URL:
        return 0
    with system(SMS) as actor:
        due = actions.claim_sms(actor=actor, now=now)
    return sum(_handed(one, now) for one in due)


@sensitive_variables()
def _handed(due: actions.Due, now: datetime) -> bool:
    words = {"id": str(due.message), "from": settings.ARASHA_SMS_SENDER, "to": due.number, "text": due.words}
    headers = {"Idempotency-Key": str(due.message), "Authorization": f"Bearer {settings.ARASHA_SMS_TOKEN}"}
    tried = send(settings.ARASHA_SMS_URL, json.dumps(words, ensure_ascii=False).encode(), headers)
    for_good = tried.status is not None and 400 <= tried.status < 500 and tried.status not in {401, 403, 408, 425, 429}
    outcome = "handed" if not tried.fault else "failed" if for_good else "again"
    with system(SMS) as actor:
        actions.end_sms(actor=actor, message=due.message, outcome=outcome, now=now)
    if tried.fault:
        log.warning("a short message was not taken: %s", tried.fault)
    return not tried.fault


@app.periodic(cron="* * * * *")
@app.task(name="return_lost_contacts", queue="timers", queueing_lock="return_lost_contacts")
def return_lost_contacts(timestamp: int) -> None:
    """Let written contacts wait again whose operator is not there."""
    with system(PURPOSE) as actor:
        actions.return_lost(actor=actor, now=domain_now())


@app.periodic(cron="* * * * *")
@app.task(name="ring_for_contacts", queue="timers", queueing_lock="ring_for_contacts")
def ring_for_contacts(timestamp: int) -> None:
    """Ring for who waits in danger, or too long."""
    ring_for_all(domain_now())


def ring_for_all(now: datetime) -> int:
    """Ring for each whose minute it is, in transactions of their own; returns for how many."""
    with system(PURPOSE):
        due = [row.pk for row in queries.due_to_ring(now)]
    rung = 0
    for contact in due:
        try:
            with system(PURPOSE) as actor:
                rung += actions.ring_for_contact(actor=actor, contact=contact, now=now)
        except Exception as problem:  # one that can't be rung for keeps no other waiting
            log.exception("nobody could be rung for a contact", extra={"component": type(problem).__name__})
    return rung


@app.periodic(cron="* * * * * */2")
@app.task(name="follow_calls", queue="timers", queueing_lock="follow_calls")
def follow_calls(timestamp: int) -> None:
    """Do what calls ask for, each in a transaction of its own."""
    with system(CALLS) as actor:
        due = queries.due_calls(actor)
    for call in due:
        try:
            with system(CALLS) as actor:
                actions.follow_call(actor=actor, call=call, now=domain_now())
        except Exception as problem:  # one that can't be followed holds up no other; it is tried again
            log.exception("a call could not be followed", extra={"component": type(problem).__name__})


@app.periodic(cron="* * * * *")
@app.task(name="lose_silent_calls", queue="timers", queueing_lock="lose_silent_calls")
def lose_silent_calls(timestamp: int) -> None:
    """Give up calls that the exchange never ended."""
    with system(CALLS) as actor:
        actions.lose_silent(actor=actor, now=domain_now())


@app.periodic(cron="3 * * * *")
@app.task(name="forget_calls", queue="ordinary", queueing_lock="forget_calls")
def forget_calls(timestamp: int) -> None:
    """Take away salts, marks, numbers and events whose time is over."""
    with system(CALLS) as actor:
        actions.forget_calls(actor=actor, now=domain_now())


@app.periodic(cron="* * * * *")
@app.task(name="climb_matters", queue="timers", queueing_lock="climb_matters")
def climb_matters(timestamp: int) -> None:
    """Let what a shift left climb to the supervisor."""
    with system(PURPOSE) as actor:
        actions.climb_matters(actor=actor, now=domain_now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="owe_debriefs", queue="ordinary", queueing_lock="owe_debriefs")
def owe_debriefs(timestamp: int) -> None:
    """Owe debriefs after heavy contacts."""
    with system(PURPOSE) as actor:
        actions.owe_debriefs(actor=actor, now=domain_now())


@app.periodic(cron="*/15 * * * *")
@app.task(name="ring_for_debriefs", queue="ordinary", queueing_lock="ring_for_debriefs")
def ring_for_debriefs(timestamp: int) -> None:
    """Tell supervisors of talks that are overdue."""
    with system(PURPOSE) as actor:
        actions.ring_for_debriefs(actor=actor, now=domain_now())


@app.periodic(cron="20 21 * * *")
@app.task(name="delete_ended_flags", queue="ordinary", queueing_lock="delete_ended_flags")
def delete_ended_flags(timestamp: int) -> None:
    """Delete flags of known callers whose day has come, each night."""
    with system(PURPOSE) as actor:
        actions.delete_flags(actor=actor, now=domain_now())


@app.periodic(cron="40 21 * * *")
@app.task(name="delete_ended_debriefs", queue="ordinary", queueing_lock="delete_ended_debriefs")
def delete_ended_debriefs(timestamp: int) -> None:
    """Delete words of debriefs whose day has come, each night."""
    with system(PURPOSE) as actor:
        actions.delete_debriefs(actor=actor, now=domain_now())
