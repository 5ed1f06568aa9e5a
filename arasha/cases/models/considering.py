"""Other children who may be affected, and colleagues who may have known: each with how they were considered."""

import uuid

from django.db import models


class Considered(models.Model):
    """Somebody of whom must be thought when harm was done in an institution; `facet`: under which it is read.

    `by_name` is false where only a group is known yet ("class 3B"). `reason` is empty until it is decided.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    facet = models.SmallIntegerField()
    kind = models.CharField(max_length=16)
    called = models.CharField(max_length=200)
    by_name = models.BooleanField()
    named_at = models.DateTimeField()
    named_by = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    way = models.CharField(max_length=16, blank=True, default="")
    reason = models.CharField(max_length=32, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reason="", way="", decided_at=None, unit=None)
                | (~models.Q(reason="") & ~models.Q(way="") & models.Q(decided_at__isnull=False, unit__isnull=False)),
                name="considered_whole",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=["child", "colleague"]), name="considered_kind"),
        ]
        indexes = [models.Index(fields=["dossier"], name="considered_of_file")]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "facet": "code",
            "kind": "code",
            "called": "personal",
            "by_name": "code",
            "named_at": "code",
            "named_by_id": "code",
            "way": "code",
            "reason": "code",
            "decided_at": "code",
            "unit_id": "code",
        }
