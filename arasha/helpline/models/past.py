"""Figures of the years before Arasha: what somebody handed in, apart from what is counted here."""

import uuid

from django.db import models


class PastEdition(models.Model):
    """One table of past figures: from where, by whom. A newer one of its source replaces it, and it stays readable."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    source = models.CharField(max_length=200)
    version = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    since = models.DateField()
    until = models.DateField()
    imported_by = models.ForeignKey("access.User", models.PROTECT, related_name="+", null=True)
    imported_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "source", "version"], name="past_version_once"),
            models.UniqueConstraint(
                fields=["unit", "source"], condition=models.Q(replaced_at=None), name="past_one_stands"
            ),
        ]

    class Journal:
        classes = {
            "id": "code",
            "unit_id": "code",
            "source": "code",
            "version": "code",
            "rows": "code",
            "digest": "code",
            "since": "code",
            "until": "code",
            "imported_by_id": "code",
            "imported_at": "code",
            "replaced_at": "code",
        }


class PastFigure(models.Model):
    """One row of an edition; "" where the table does not tell apart. Rows are written once, with their edition."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(PastEdition, models.PROTECT, related_name="figures")
    month = models.DateField()
    region = models.CharField(max_length=9, blank=True)
    channel = models.CharField(max_length=16, blank=True)
    kind = models.CharField(max_length=16, blank=True)
    reason = models.CharField(max_length=32, blank=True)
    count = models.PositiveIntegerField()

    class Meta:
        indexes = [models.Index(fields=["edition", "month"], name="past_of_edition")]
