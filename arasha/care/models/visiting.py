"""Joint visits: asked by who may not enter, made by who may. Neither row ever changes."""

import uuid

from django.db import models


def codes(*columns: str) -> dict[str, str]:
    """Return the journal's classes of columns that hold codes, ids and moments."""
    return dict.fromkeys(("id", *columns), "code")


class Visit(models.Model):
    """A visit that somebody asked for (`unit`, who goes along). The duty about it says who must go, and by when.

    `urgency` "own": the unit goes itself, and nobody else owes it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    urgency = models.TextField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Journal:
        classes = codes("dossier_id", "urgency", "unit_id", "user_id", "asked_at") | {"sealed": "sealed"}


class VisitMade(models.Model):
    """One try of a visit: what happened at the door, whether the child was seen; facts and opinion lie sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="made")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    door = models.TextField()
    seen = models.TextField()
    home = models.TextField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    recorded_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["dossier"], name="visit_made_in_file")]

    class Journal:
        classes = codes(
            *("visit_id", "dossier_id", "at", "door", "seen", "home", "unit_id", "user_id", "recorded_at")
        ) | {"sealed": "sealed"}
