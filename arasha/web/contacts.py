"""The demonstration's contacts of the helpline: a day's few, some of which go on.

A room of `web` alone, beside `demonstration`: it acts as the channels and as the operators.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db import transaction

from arasha.helpline import actions
from arasha.helpline.models import Contact
from arasha.kernel.access.actions import end_session, enter, system
from arasha.kernel.worktime.queries import domain_now
from arasha.web.actions import Seat
from arasha.web.stage import begin

PURPOSE = "helpline"


def take_contacts(seats: Sequence[Seat], plan: Sequence[Mapping[str, Any]]) -> None:
    """Let people call and write, and the operators answer; nothing where the instance has no helpline."""
    by_login = {seat.login: seat for seat in seats}
    tokens: dict[str, str] = {
        login: begin(by_login[login]) for login in ("helpline", "helpline-2") if login in by_login
    }
    if not tokens:
        return
    for told in plan:
        seat = by_login[told.get("operator", "helpline")]
        with transaction.atomic():
            _play(told, seat, tokens[seat.login], domain_now() - timedelta(minutes=told["minutes_before"]))
    for token in tokens.values():
        end_session(token=token)


def _play(told: Mapping[str, Any], seat: Seat, token: str, at: datetime) -> None:
    row = _come(told, seat, at)
    if "call_back" in told:
        with system(PURPOSE) as clock:
            actions.ask_call_back(actor=clock, contact=row.pk, now=at, **told["call_back"])
    if "operator" in told:
        _answer(told, seat, token, row, at + timedelta(seconds=40))


def _come(told: Mapping[str, Any], seat: Seat, at: datetime) -> Contact:
    """Let a channel bring somebody, with what they write."""
    with system(PURPOSE) as clock:
        given = {"channel": told["channel"], "external": uuid4().hex, "unit": seat.unit_id}
        more = {"source": told.get("source", ""), "danger": told.get("danger", "not_asked")}
        row = actions.begin_contact(actor=clock, now=at, **given, **more)
        for number, words in enumerate(told.get("in", [])):
            heard = at + timedelta(seconds=20 * number)
            actions.hear(actor=clock, contact=row.pk, words=words, ticket=uuid4(), now=heard)
        if "missed" in told:
            actions.miss_contact(actor=clock, contact=row.pk, kind=told["missed"], now=at + timedelta(minutes=1))
    return row


def _answer(told: Mapping[str, Any], seat: Seat, token: str, row: Contact, at: datetime) -> None:
    actor = enter(token, seat.post_id)
    actions.be_there(actor=actor, now=domain_now())
    actions.take_contact(actor=actor, contact=row.pk, now=at)
    for words in told.get("out", []):
        said = actions.say(actor=actor, contact=row.pk, words=words, ticket=uuid4(), now=at)
        with system(PURPOSE) as clock:
            actions.note_delivery(actor=clock, message=said.pk, delivery="sent", now=at)
        actor = enter(token, seat.post_id)
    if "note" in told:
        actions.note(actor=actor, contact=row.pk, words=told["note"], ticket=uuid4(), now=at)
    if "log" in told:
        log = actions.Log(**told["log"])
        actions.log_contact(actor=actor, contact=row.pk, log=log, now=at + timedelta(minutes=12))
