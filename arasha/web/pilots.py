"""The demonstration's pilots: one that nobody decided about, one that is due, one that was handed over.

A room of `web` alone, beside `demonstration`: it acts as the people of coordination who enter them.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from arasha.governance.actions import add_pilot, add_step
from arasha.governance.rules import PilotSaid, StepSaid
from arasha.kernel.access.actions import end_session, enter
from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.queries import domain_now
from arasha.kernel.worktime.rules import local
from arasha.services.models import Offering
from arasha.web.actions import Seat
from arasha.web.stage import begin

TEXTS = ("title", "aim")


def enter_pilots(seats: Sequence[Seat], plan: Sequence[Mapping[str, Any]]) -> None:
    """Let coordination enter the pilots of a plan with all that happened to them."""
    by_login = {seat.login: seat for seat in seats}
    for told in plan:
        seat = by_login[told["by"]]
        token = begin(seat)
        with transaction.atomic():
            _enter(enter(token, seat.post_id), told, by_login[told["answers"]].unit_id, domain_now())
        end_session(token=token)


def _enter(actor: Actor, told: Mapping[str, Any], answers: int, now: datetime) -> None:
    words = {f"{field}_{language}": text for field in TEXTS for language, text in told[field].items()}
    today = local(now).date()
    said = PilotSaid(
        **words,
        territories=tuple(told["territories"]),
        unit=answers,
        money=told["money"],
        amount=told.get("amount"),
        first_day=today + timedelta(days=told["first_day"]),
        children=told.get("children"),
        serves=told["serves"],
        offerings=_paid_for(told),
    )
    until = today + timedelta(days=told["until"])
    pilot = add_pilot(actor=actor, ticket=uuid4(), said=said, until=until, document=told["document"], now=now)
    for number, step in enumerate(told["steps"], start=1):
        rest = {name: value for name, value in step.items() if name not in {"days", "until"}}
        on = today + timedelta(days=step["days"])
        longer = today + timedelta(days=step["until"]) if "until" in step else None
        done = StepSaid(on=on, until=longer, **rest)
        add_step(actor=actor, ticket=uuid4(), pilot=pilot, after=number, said=done, now=now)


def _paid_for(told: Mapping[str, Any]) -> tuple[UUID, ...]:
    rows = Offering.objects.filter(
        service=told.get("pays_for", ""), protected=False, site__territory__in=told["territories"]
    )
    return tuple(rows.order_by("pk").values_list("pk", flat=True)[:1])
