"""Saying how much room there is: by who keeps the entry, or by those who work there, who know it best."""

from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from arasha.kernel.access.rules import Actor
from arasha.kernel.worktime.rules import local
from arasha.services import policy, queries
from arasha.services.actions.writing import ChangedMeanwhile, act, put
from arasha.services.models import Offering, RoomSaid
from arasha.services.rules import RoomWords, check_room, monday


def say_room(
    *,
    actor: Actor,
    offering_id: UUID,
    said: RoomWords,
    now: datetime,
    seen: int | None = None,
    said_id: UUID | None = None,
) -> RoomSaid:
    """Keep what somebody says of an offering's room today. Sent twice with one `said_id` it is said once.

    `seen`: the number of what stood before the speaker's eyes; None asks nothing.

    Raises:
        EntryFaulty: a number is out of range, or a protected offering would get one.
        NotThere: there is no such offering for the actor; NotAllowed: they neither keep it nor work there.
        ChangedMeanwhile: somebody said something else since it was `seen`.
    """
    row = queries.offering(actor, offering_id)
    policy.require_saying_room(actor, row)
    said = check_room(said, protected=row.protected)
    sent = RoomSaid.objects.filter(pk=said_id).first() if said_id else None
    if sent is not None:
        return sent
    with transaction.atomic(), act("say_room", row.site.provider.body_id, now, offering=row.pk):
        # The act holds the body's stream: whoever says something at the same moment has said it by now, or waits.
        last = queries.room_last(row.pk)
        number = last.number if last else 0
        if seen is not None and seen != number:
            raise ChangedMeanwhile
        entry = _entry(actor, row, said, local(now).date())
        entry.id, entry.number = said_id or uuid4(), number + 1
        put(entry)
    return entry


def _entry(actor: Actor, row: Offering, said: RoomWords, today: date) -> RoomSaid:
    return RoomSaid(
        offering_id=row.pk,
        protected=row.protected,
        places=said.places,
        free=said.free,
        usually=said.usually,
        said_on=monday(today) if row.protected else today,
        unit_id=actor.unit_id,
    )
