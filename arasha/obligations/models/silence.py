"""What became of silence, and the bodies that were missing."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from arasha.obligations.models.columns import codes, one_of
from arasha.obligations.models.duty import Obligation
from arasha.obligations.rules import Outcome


class Escalation(models.Model):
    """What became of one rung: dated when silence reached it, with the moment when that was noticed beside it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="escalations", db_index=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    rung = models.SmallIntegerField()
    outcome = models.CharField(max_length=20)
    unit = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    fell_due_at = models.DateTimeField()
    noticed_at = models.DateTimeField()

    class Journal:
        classes: ClassVar[dict[str, str]] = codes(
            "id", "obligation_id", "dossier_id", "rung", "outcome", "unit_id", "fell_due_at", "noticed_at"
        )

    class Meta:
        constraints = [
            one_of("escalation_outcome", "outcome", Outcome),
            models.CheckConstraint(
                condition=Q(outcome="told", unit__isnull=False) | ~Q(outcome="told"), name="escalation_told_whom"
            ),
            models.UniqueConstraint(fields=["obligation", "rung"], name="escalation_once"),
        ]
        indexes = [models.Index(fields=["unit", "fell_due_at"], name="escalation_unit")]

    def __str__(self) -> str:
        return f"rung {self.rung} of {self.obligation_id}"


class Gap(models.Model):
    """A body that should have owed and does not exist: the function and the level at which it was missed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="gaps")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    function = models.CharField(max_length=60)
    territory = models.CharField(max_length=9)
    level = models.CharField(max_length=20)
    noticed_at = models.DateTimeField()

    class Journal:
        classes: ClassVar[dict[str, str]] = codes(
            "id", "obligation_id", "dossier_id", "function", "territory", "level", "noticed_at"
        )

    class Meta:
        indexes = [models.Index(fields=["territory", "function"], name="gap_place")]

    def __str__(self) -> str:
        return f"no {self.function} for {self.territory}"
