"""The clock's part: a referral that nobody answers comes back to whoever sent it, and coordination hears of it."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from arasha.kernel.access.rules import Actor
from arasha.plans import policy, queries
from arasha.plans.actions.referral_duties import note_back, owe_back
from arasha.plans.models import Referral

BATCH = 100


class _Otherwise(Exception):
    """Somebody was faster: nothing is written."""


def return_silent(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """As the clock, let referrals that nobody answered in time come back: the sender owes the next step.

    The receiver still owes its answer, and its silence climbs; what it answers later takes the sender's duty away.
    Returns how many came back. Raises NotAllowed.
    """
    if not policy.may_watch_places(actor):
        raise policy.NotAllowed
    return sum(_return(actor, referral, now) for referral in queries.silent(now, limit))


def _return(actor: Actor, referral: UUID, now: datetime) -> bool:
    try:
        with transaction.atomic():
            row = Referral.objects.select_related("place").filter(pk=referral).first()
            if row is None or not queries.is_silent(referral, now):
                return False
            owe_back(actor, row, row.place, "silent", now)
            # The duty's act holds the file: whoever answered at the same moment, or told of it, has done so by now.
            back, row = row.back, Referral.objects.select_for_update(of=("self",)).get(pk=referral)
            row.back = back
            if not queries.is_silent(referral, now):
                raise _Otherwise
            note_back(actor, row, row.place, "silent", now)
    except _Otherwise:
        return False
    return True
