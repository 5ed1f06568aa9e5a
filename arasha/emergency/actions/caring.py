"""As the clock: emergencies end on their last day, duties of closed bodies go to who stands in, and come back."""

from datetime import datetime

from django.db import transaction

from arasha.emergency import policy, queries
from arasha.emergency.actions import telling
from arasha.emergency.models import Emergency
from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import system_stream
from arasha.kernel.worktime.rules import local
from arasha.obligations import actions as obligations


def care(*, actor: Actor, now: datetime) -> tuple[int, int]:
    """Return how many duties went over, and how many came back. Raises NotAllowed."""
    if not policy.may_care(actor):
        raise policy.NotAllowed
    _end(actor, now)
    shut = queries.closed(actor, now)
    back = obligations.give_back(actor=actor, closed=list(shut), now=now)
    over = 0
    for unit in sorted(shut):
        instead = queries.instead_of(unit, shut, now)
        over += obligations.stand_in(actor=actor, unit=unit, instead=instead, now=now)
    return over, back


def _end(actor: Actor, now: datetime) -> None:
    """End what is past its last day."""
    past = policy.visible_to(actor).filter(ended_at=None, last_on__lt=local(now).date()).order_by("id")
    for key in list(past.values_list("pk", flat=True)):
        with transaction.atomic():
            row = Emergency.objects.select_for_update(of=("self",)).filter(pk=key, ended_at=None).first()
            if row is not None:
                codes = {"row": str(row.pk), "territory": row.territory_id}
                with act(verb="end_emergency", stream=system_stream("emergency"), now=now, codes=codes):
                    row.ended_at = now
                    row.save(update_fields=["ended_at"])
                    telling.tell_all(actor, row, telling.ENDED, now)
