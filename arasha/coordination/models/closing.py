"""The closing of a case: proposed by who leads it, decided by who supervises, opened again where it was too early."""

import uuid

from django.db import models
from django.db.models import Q

STATES = ("proposed", "withdrawn", "refused", "closed", "reopened")


class Closing(models.Model):
    """One closing of a case and how it stands. Its words lie apart (`ClosingWords`).

    `over`: it was closed although something was still owed, by who supervises. `follow_up_on`: when somebody asks how
    the child is.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    state = models.TextField(default="proposed")
    reason = models.TextField()
    safe = models.TextField()
    seen_on = models.DateField(null=True)
    child = models.TextField()
    follow_up_on = models.DateField()
    over = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    decider = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    reopened_at = models.DateTimeField(null=True)
    reopened_why = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="closing_state"),
            models.UniqueConstraint(fields=["dossier", "number"], name="closing_numbered"),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(state__in=["proposed", "closed"]), name="closing_one"
            ),
            # Whoever proposed it does not decide it.
            models.CheckConstraint(
                condition=Q(decider=None) | Q(user=None) | ~Q(decider=models.F("user")), name="closing_by_two"
            ),
        ]

    class Journal:
        classes = dict.fromkeys(
            [
                *("id", "dossier_id", "number", "state", "reason", "safe", "seen_on", "child", "follow_up_on", "over"),
                *("asked_at", "unit_id", "user_id", "decided_at", "decided_by_id", "decider_id"),
                *("reopened_at", "reopened_why"),
            ],
            "code",
        )


class ClosingWords(models.Model):
    """What was said with a closing, sealed under the facet of whoever wrote it; none ever changes.

    `kind`: what was reached, what the child says, why it was decided so, why it was opened again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    closing = models.ForeignKey(Closing, models.PROTECT, related_name="words")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    facet = models.SmallIntegerField()
    kind = models.TextField()
    at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    sealed = models.BinaryField()

    class Journal:
        classes = dict.fromkeys(
            ["id", "closing_id", "dossier_id", "facet", "kind", "at", "unit_id", "user_id"],
            "code",
        ) | {"sealed": "sealed"}
