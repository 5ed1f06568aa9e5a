"""Injuries on the figure of a body, as somebody saw them on a day. Seen again, another row names the first."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Injury(models.Model):
    """One injury on one day: place, kind, size in millimetres, colours as seen. It lies under the facet of health."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    first = models.ForeignKey("self", models.PROTECT, related_name="again", null=True)
    incident = models.ForeignKey("cases.Incident", models.PROTECT, related_name="+", null=True)
    document = models.ForeignKey("cases.CaseDocument", models.PROTECT, related_name="+", null=True)
    region = models.CharField(max_length=32)
    kind = models.CharField(max_length=16)
    length_mm = models.PositiveSmallIntegerField(null=True)
    width_mm = models.PositiveSmallIntegerField(null=True)
    colours = ArrayField(models.CharField(max_length=16), default=list)
    healing = models.CharField(max_length=16)
    seen_on = models.DateField()
    recorded_at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    sealed = models.BinaryField(null=True)
    struck_at = models.DateTimeField(null=True)
    strike_reason = models.CharField(max_length=16, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(struck_at=None, strike_reason="")
                | (models.Q(struck_at__isnull=False) & ~models.Q(strike_reason="")),
                name="injury_struck_with_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(width_mm=None) | models.Q(length_mm__isnull=False), name="injury_width_of_length"
            ),
            models.UniqueConstraint(fields=["id", "dossier"], name="injury_of_file"),
        ]
        indexes = [models.Index(fields=["dossier", "seen_on"], name="injury_by_day")]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "first_id": "code",
            "incident_id": "code",
            "document_id": "code",
            "region": "code",
            "kind": "code",
            "length_mm": "code",
            "width_mm": "code",
            "colours": "code",
            "healing": "code",
            "seen_on": "code",
            "recorded_at": "code",
            "unit_id": "code",
            "sealed": "sealed",
            "struck_at": "code",
            "strike_reason": "code",
        }
