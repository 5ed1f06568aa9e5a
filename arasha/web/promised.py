"""The demonstration's infrastructure: what was promised to districts of a region, what opened, and what is missing.

A room of `web` alone, beside `demonstration`. All of it is made up.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from arasha.coverage import actions
from arasha.coverage.rules import CommitmentSaid, NeedSaid, StepSaid
from arasha.kernel.access.actions import end_session, enter
from arasha.kernel.worktime.queries import domain_now
from arasha.kernel.worktime.rules import local
from arasha.web.actions import Seat
from arasha.web.stage import begin

KEEPER = "region"


def enter_infrastructure(seats: Sequence[Seat], plan: Mapping[str, Any]) -> None:
    """Let the region's coordination enter what is planned."""
    keeper = next(seat for seat in seats if seat.login == KEEPER)
    today = local(domain_now()).date()
    token = begin(keeper)
    for said in plan["commitments"]:
        _promise(token, keeper, said, today)
    for said in plan["needs"]:
        need = NeedSaid(
            kind=said["kind"],
            territory=said["territory"],
            count=said["count"],
            counted_by=said["by"],
            counted_on=today - timedelta(days=said["ago"]),
            source=said["source"],
        )
        with transaction.atomic():
            actions.add_need(actor=enter(token, keeper.post_id), ticket=uuid4(), said=need, now=domain_now())
    end_session(token=token)


def _promise(token: str, keeper: Seat, said: Mapping[str, Any], today: date) -> None:
    promise = CommitmentSaid(
        kind=said["kind"],
        what=said["what"],
        territory=said["territory"],
        count=said["count"],
        promised_by=said["by"],
        document=said["document"],
        promised_on=today - timedelta(days=said["ago"]),
        due_on=today + timedelta(days=said["due"]),
        programme=said["programme"],
        places=said["places"],
    )
    with transaction.atomic():
        made: UUID = actions.add_commitment(
            actor=enter(token, keeper.post_id), ticket=uuid4(), said=promise, now=domain_now()
        )
    for kind, ago, count, source in said["steps"]:
        step = StepSaid(kind, today - timedelta(days=ago), source, count=count)
        with transaction.atomic():
            actor = enter(token, keeper.post_id)
            actions.add_step(actor=actor, ticket=uuid4(), commitment=made, said=step, now=domain_now())
