"""The demonstration's coming sitting: the district's coordinator calls it, with what the rules propose on its agenda.

A room of `web` alone, beside `demonstration`: it acts as the coordinator.
"""

from collections.abc import Sequence
from datetime import time, timedelta

from django.db import transaction

from arasha.conferences.actions import hold_sitting, put_on
from arasha.conferences.queries import proposals
from arasha.conferences.rules import SittingSaid
from arasha.kernel.access.actions import end_session, enter
from arasha.kernel.worktime.queries import domain_now
from arasha.kernel.worktime.rules import local
from arasha.kernel.worktime.rules.zone import at
from arasha.web.actions import Seat
from arasha.web.stage import begin

COORDINATOR = "coordinator"
IN_DAYS, AT = 5, time(15)
MOST = 4


def call_sittings(seats: Sequence[Seat]) -> None:
    """Let the coordinator call a sitting of the multidisciplinary team for the days to come."""
    seat = next((one for one in seats if one.login == COORDINATOR), None)
    if seat is None:
        return
    token = begin(seat)
    now = domain_now()
    moment = at(local(now).date() + timedelta(days=IN_DAYS), AT)
    with transaction.atomic():
        actor = enter(token, seat.post_id)
        said = SittingSaid(kind="team", at=moment, place="Сарыағаш, аудандық әкімдік, 2-қабат")
        row = hold_sitting(actor=actor, said=said, now=now)
    with transaction.atomic():
        actor = enter(token, seat.post_id)
        for one in proposals(actor, row, now)[:MOST]:
            proposal = one.proposal
            put_on(
                actor=actor,
                sitting=row.pk,
                dossier=proposal.dossier,
                reason=proposal.reasons[0],
                urgent="urgent" in proposal.reasons,
                now=now,
            )
    end_session(token=token)
