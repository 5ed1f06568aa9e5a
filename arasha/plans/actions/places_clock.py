"""The clock's part: a child waits longer than its urgency allows; a service ends, its children are to be handed over.

Each place is one small transaction that asks again whether it is still so: a run that was broken off goes on, a second
one at the same time finds nothing to do.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from arasha.kernel.access.rules import Actor
from arasha.kernel.journal.actions import act
from arasha.kernel.journal.rules import dossier_stream
from arasha.kernel.messages.actions import notify
from arasha.plans import policy, queries
from arasha.plans.actions.places import told_place
from arasha.plans.models import ServicePlace

BATCH = 100


def tell_of_waiting(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """As the clock, tell who leads and who coordinates of children who wait longer than their urgency allows.

    Once, and again as `place_urgencies.csv` says. Returns of how many places something was said. Raises NotAllowed.
    """
    if not policy.may_watch_places(actor):
        raise policy.NotAllowed
    return sum(_tell_waiting(actor, place, now) for place in queries.waits_too_long(now, limit))


def owe_hand_overs(*, actor: Actor, now: datetime, limit: int = BATCH) -> int:
    """As the clock, note for each running place whether its service ends, and tell who leads and who coordinates.

    A grant that goes on takes it back; a child that nobody hands over is told of again. Returns how many places
    changed. Raises NotAllowed.
    """
    if not policy.may_watch_places(actor):
        raise policy.NotAllowed
    return sum(_owe(actor, place, now) for place, *_ in queries.ending_places(now, limit))


def _tell_waiting(actor: Actor, place: UUID, now: datetime) -> bool:
    with transaction.atomic():
        row = _claimed(place)
        if row is None or not queries.is_overdue(row, now):
            return False
        row.told_at = now
        with act(verb="place_waits", stream=dossier_stream(row.dossier_id), now=now, codes=told_place(actor, row)):
            row.save(update_fields=["told_at"])
            _tell(actor, row, "place_waits_too_long", now)
    return True


def _owe(actor: Actor, place: UUID, now: datetime) -> bool:
    with transaction.atomic():
        row = _claimed(place)
        # Another clock may have said it between the list and the hold: only what holds now is said.
        found = queries.ending_places(now, 1, place) if row is not None else []
        if row is None or not found:
            return False
        _, ends, by, again = found[0]
        codes = told_place(actor, row)
        if not ends:
            row.hand_over_at = row.hand_over_by = None
            with act(verb="service_goes_on", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
                row.save(update_fields=["hand_over_at", "hand_over_by"])
            return True
        first = row.hand_over_at is None
        row.hand_over_at, row.hand_over_by = (now if first or again else row.hand_over_at), by
        with act(verb="service_ends", stream=dossier_stream(row.dossier_id), now=now, codes=codes):
            row.save(update_fields=["hand_over_at", "hand_over_by"])
            _tell(actor, row, "service_ends", now)
    return True


def _claimed(place: UUID) -> ServicePlace | None:
    rows = ServicePlace.objects.select_for_update(of=("self",), skip_locked=True)
    return rows.filter(pk=place, state__in=queries.RUNNING).first()


def _tell(actor: Actor, row: ServicePlace, code: str, now: datetime) -> None:
    """Tell who leads and who coordinates the file; whoever is barred from it hears nothing."""
    link = queries.HANDING_OVER if code == "service_ends" else queries.place_link(row.pk)
    units = queries.who_answers(row.dossier_id, now)
    if units:
        notify(actor=actor, units=units, code=code, link=link, dossier=row.dossier_id, now=now)
