"""What is recorded of somebody who comes of age, entry by entry; none ever changes, the last one of a point counts."""

import uuid

from django.db import models
from django.db.models import Q

from arasha.adulthood.models.application import codes


class Entry(models.Model):
    """How one point stands for a young person. `agreed`: the young person accepted the mentor, or the handing over.

    `day` is that of the queue, or of the document. `sealed` holds number, who and words, as JSON.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    point = models.TextField()
    number = models.PositiveSmallIntegerField()
    state = models.TextField()
    day = models.DateField(null=True)
    agreed = models.BooleanField(default=False)
    at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "point", "number"], name="adulthood_entry_numbered"),
            models.CheckConstraint(
                condition=Q(point="consent", state__in=["yes", "no", "thinking"])
                | (~Q(point="consent") & Q(state__in=["under_way", "done", "not_applicable"])),
                name="adulthood_entry_state",
            ),
        ]

    class Journal:
        classes = codes(*("dossier_id", "point", "number", "state", "day", "agreed", "at", "unit_id", "user_id")) | {
            "sealed": "sealed"
        }
