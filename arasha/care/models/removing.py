"""A child's removal from immediate danger: a moment, and what is known of it, part by part."""

import uuid

from django.db import models
from django.db.models import Q

from arasha.care.models.visiting import codes


class Removal(models.Model):
    """A removal that goes on until it ends; one at a time in a file. `unit` recorded it and owes what is missing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    ended_how = models.TextField(blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier"], condition=Q(ended_at=None), name="removal_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_how="", ended_by=None)
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_how="")),
                name="removal_ended_how",
            ),
        ]

    class Journal:
        classes = codes(
            *("dossier_id", "at", "unit_id", "user_id", "recorded_at", "ended_how", "ended_at", "ended_by_id")
        )


class RemovalPart(models.Model):
    """What is known of one part of a removal; the newest of a kind counts, the earlier ones stay. Kind `ended`: why."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    removal = models.ForeignKey(Removal, models.PROTECT, related_name="parts")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    kind = models.TextField()
    answer = models.TextField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["removal", "number"], name="removal_part_numbered")]

    class Journal:
        classes = codes("removal_id", "dossier_id", "number", "kind", "answer", "unit_id", "user_id", "at") | {
            "sealed": "sealed"
        }
