"""Files on their way from the public to the worker, sealed piece by piece. Definer functions alone read and write both;
neither is journalled: nobody acts in the process that writes them, and they go as soon as they are opened."""

import uuid

from django.db import models


class Parcel(models.Model):
    """One file. `sealed` is a letter with its key and name; `mailbox` is empty until what it belongs to was sent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    size = models.BigIntegerField(default=0)
    pieces = models.PositiveIntegerField(default=0)
    whole = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    mailbox = models.ForeignKey("doors.Mailbox", models.CASCADE, related_name="+", null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="parcel_due")]


class ParcelPiece(models.Model):
    """About a megabyte of a sealed file."""

    parcel = models.ForeignKey("doors.Parcel", models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["parcel", "number"], name="parcel_piece_once")]
