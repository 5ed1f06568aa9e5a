"""Emergencies of territories, and what each body there says of how it works. What was said stays; the latest counts."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q


def _codes(text: str) -> dict[str, str]:
    return dict.fromkeys(text.split(), "code")


class Emergency(models.Model):
    """An emergency declared for a territory and all below it, from a day to a day; it may end earlier.

    `ended_by` is empty where the clock ended it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    territory = models.ForeignKey("territory.Territory", models.PROTECT, related_name="+")
    kind = models.TextField()
    ground = models.TextField()
    first_on = models.DateField()
    last_on = models.DateField()
    declared_by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    declared_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("access.User", models.PROTECT, related_name="+", null=True, db_index=False)

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes(
            "id territory_id kind ground first_on last_on declared_by_id declared_at ended_at ended_by_id"
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("first_on")) & ~Q(ground=""), name="emergency_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(ended_by=None), name="emergency_ended_by_whom"
            ),
            models.UniqueConstraint(
                fields=["territory", "kind"], condition=Q(ended_at=None), name="emergency_declared_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Standing(models.Model):
    """What was said of how a body works in an emergency: open, remote or closed, until which day, who stands in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    emergency = models.ForeignKey(Emergency, models.PROTECT, related_name="standings")
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    state = models.TextField()
    until = models.DateField()
    instead = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", null=True, db_index=False)
    said_by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    said_at = models.DateTimeField()

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes("id emergency_id unit_id state until instead_id said_by_id said_at")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["open", "remote", "closed"]), name="standing_state_known"),
            models.CheckConstraint(
                condition=Q(instead=None) | Q(state="closed") & ~Q(instead=F("unit")), name="standing_instead_of_closed"
            ),
        ]
        indexes = [models.Index(fields=["emergency", "unit", "-said_at"], name="standing_latest")]

    def __str__(self) -> str:
        return str(self.id)


class Lifting(models.Model):
    """Which conditions of services are not asked for while the emergency holds. The latest word counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    emergency = models.ForeignKey(Emergency, models.PROTECT, related_name="liftings", db_index=False)
    conditions = ArrayField(models.TextField(), default=list)
    said_by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    said_at = models.DateTimeField()

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes("id emergency_id conditions said_by_id said_at")

    class Meta:
        indexes = [models.Index(fields=["emergency", "-said_at"], name="lifting_latest")]

    def __str__(self) -> str:
        return str(self.id)
