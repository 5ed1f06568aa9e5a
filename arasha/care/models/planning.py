"""When a visit is to be made, by whom, and what whoever goes must know. Moved or cancelled, a new row stands after."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from arasha.care.models.visiting import Visit, codes


class VisitPlan(models.Model):
    """A plan of a visit; the highest number counts, the earlier ones stay. `posts`: who goes; words lie sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    visit = models.ForeignKey(Visit, models.PROTECT, related_name="plans")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    state = models.TextField(default="planned")
    reason = models.TextField(blank=True, default="")
    starts_at = models.DateTimeField()
    posts = ArrayField(models.IntegerField())
    dangers = ArrayField(models.TextField())
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["visit", "number"], name="visit_plan_numbered"),
            models.CheckConstraint(
                condition=Q(state="planned", number=1, reason="")
                | (Q(state__in=["planned", "cancelled"], number__gt=1) & ~Q(reason="")),
                name="visit_plan_changed_why",
            ),
        ]

    class Journal:
        classes = codes(
            *("visit_id", "dossier_id", "number", "state", "reason", "starts_at", "posts", "dangers", "unit_id"),
            *("user_id", "at"),
        ) | {"sealed": "sealed"}
