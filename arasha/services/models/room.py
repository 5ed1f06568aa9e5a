"""How many places an offering has and how many are free, as somebody there said it on a day."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from arasha.services.models.directory import Offering, _codes
from arasha.services.rules import MOST_PLACES


class RoomSaid(models.Model):
    """What was said once of an offering's room; the highest number counts, and none ever changes.

    `places` at a time and `free` of them; None: nobody said. Of a protected offering neither is kept, only whether it
    `usually` has room, dated by its week's Monday: numbers by the day would tell when somebody moved in.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    offering = models.ForeignKey(Offering, models.PROTECT, related_name="room", db_index=False)
    protected = models.BooleanField()
    number = models.IntegerField()
    places = models.SmallIntegerField(null=True)
    free = models.SmallIntegerField(null=True)
    usually = models.TextField(default="", blank=True)
    said_on = models.DateField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+", db_index=False)

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes(
            "id offering_id protected number places free usually said_on unit_id"
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offering", "number"], name="room_in_order"),
            models.CheckConstraint(condition=Q(number__gte=1), name="room_from_one"),
            models.CheckConstraint(
                condition=(Q(places=None) | Q(places__range=(0, MOST_PLACES)))
                & (Q(free=None) | Q(free__range=(0, MOST_PLACES)))
                & (Q(places=None) | Q(free=None) | Q(free__lte=F("places"))),
                name="room_counts",
            ),
            models.CheckConstraint(
                condition=Q(protected=False, usually="")
                | Q(
                    protected=True,
                    usually__in=["yes", "no", "unknown"],
                    places=None,
                    free=None,
                    said_on__iso_week_day=1,
                ),
                name="room_of_protected_is_a_word",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
