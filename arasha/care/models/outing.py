"""Who goes alone and when they mean to be out again: a kind of place and times, never a child, a file or an address."""

import uuid

from django.db import models
from django.db.models import F, Q

from arasha.care.models.visiting import codes

COLUMNS = (
    *("user_id", "unit_id", "place", "started_at", "expected_at", "longer", "told_unit_at", "district_id"),
    *("told_district_at", "told_police_at", "ended_at", "ended_how", "ended_by_id"),
)
ENDED = ("out", "found", "lapsed")


class Outing(models.Model):
    """A worker who is alone somewhere until `ended_at`; one at a time. Whom silence reached, stands with its moment.

    `ended_how`: `out`: they said so; `found`: who was told reached them; `lapsed`: nobody said anything for days.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    place = models.TextField()
    started_at = models.DateTimeField()
    expected_at = models.DateTimeField()
    longer = models.BooleanField(default=False)
    told_unit_at = models.DateTimeField(null=True)
    district = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+")
    told_district_at = models.DateTimeField(null=True)
    told_police_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_how = models.TextField(blank=True, default="")
    ended_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(ended_at=None), name="outing_one_at_a_time"),
            models.CheckConstraint(condition=Q(expected_at__gt=F("started_at")), name="outing_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_how="") | Q(ended_at__isnull=False, ended_how__in=ENDED),
                name="outing_ended_how",
            ),
        ]
        indexes = [models.Index(fields=["expected_at"], condition=Q(ended_at=None), name="outing_running")]

    class Journal:
        classes = codes(*COLUMNS)
