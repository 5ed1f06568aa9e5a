"""Shifts of a helpline, who sits in them, and what one says to the next about what is open."""

import uuid

from django.db import models


class Shift(models.Model):
    """Planned hours of a unit. `climbed_at`: what was left went up, nothing stays with somebody who has gone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    planned_by = models.ForeignKey("access.Post", models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    climbed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="shift_has_hours")
        ]
        indexes = [
            models.Index(fields=["unit", "starts_at"], name="shift_of_unit"),
            models.Index(
                fields=["ends_at"], name="shift_to_climb", condition=models.Q(climbed_at=None, cancelled_at=None)
            ),
        ]

    class Journal:
        classes = {
            "id": "code",
            "unit_id": "code",
            "starts_at": "code",
            "ends_at": "code",
            "planned_by_id": "code",
            "cancelled_at": "code",
            "climbed_at": "code",
        }


class ShiftSeat(models.Model):
    """That a post is on in a shift."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shift = models.ForeignKey(Shift, models.PROTECT, related_name="seats")
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    post = models.ForeignKey("access.Post", models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shift", "post"], name="shift_seat_once")]

    class Journal:
        classes = {"id": "code", "shift_id": "code", "unit_id": "code", "post_id": "code"}


class Matter(models.Model):
    """What was said about something open (`subject`: a contact or a call-back), and who confirmed to take it over.

    What is open is found from contacts and call-backs themselves; a row stands here only when somebody did something.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    contact = models.ForeignKey("helpline.Contact", models.PROTECT, related_name="+")
    subject = models.UUIDField(unique=True)
    noted_by = models.ForeignKey("access.Post", models.PROTECT, related_name="+", null=True)
    noted_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey("access.Post", models.PROTECT, related_name="+", null=True)
    taken_at = models.DateTimeField(null=True)
    climbed_at = models.DateTimeField(null=True)
    sealed = models.BinaryField(default=b"")

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "unit_id": "code",
            "contact_id": "code",
            "subject": "code",
            "noted_by_id": "code",
            "noted_at": "code",
            "taken_by_id": "code",
            "taken_at": "code",
            "climbed_at": "code",
            "sealed": "sealed",
        }
