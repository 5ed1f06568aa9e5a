"""A safety plan: made with the child, in versions of which none ever changes; and what is half written of the next."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class SafetyPlan(models.Model):
    """One version of a child's safety plan. The next number takes its place; each stays readable.

    `carry` says whether the child can have it on paper, `kept` where it is; `agreed` who agreed, `not_agreed` why
    nobody did. `review_on` is the day on which it is gone through again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2)
    large = models.BooleanField()
    carry = models.CharField(max_length=16)
    kept = models.CharField(max_length=16)
    agreed = ArrayField(models.CharField(max_length=16), default=list)
    not_agreed = models.CharField(max_length=32, blank=True, default="")
    made_at = models.DateTimeField()
    review_on = models.DateField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="safety_plan_numbered"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="safety_plan_from_one"),
            models.CheckConstraint(
                condition=~models.Q(agreed=[]) | ~models.Q(not_agreed=""), name="safety_plan_agreed_or_why"
            ),
        ]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "number": "code",
            "language": "code",
            "large": "code",
            "carry": "code",
            "kept": "code",
            "agreed": "code",
            "not_agreed": "code",
            "made_at": "code",
            "review_on": "code",
            "unit_id": "code",
            "user_id": "code",
        }


class SafetyPlanItem(models.Model):
    """One line of a version, in its place; its words lie sealed under the facet of plans."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(SafetyPlan, models.PROTECT, related_name="items")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    position = models.PositiveSmallIntegerField()
    due_on = models.DateField(null=True)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="safety_plan_in_order")]

    class Journal:
        classes = {
            "id": "code",
            "plan_id": "code",
            "dossier_id": "code",
            "kind": "code",
            "position": "code",
            "due_on": "code",
            "sealed": "sealed",
        }


class SafetyPlanDraft(models.Model):
    """What is half written of the next version, sealed. Journalled nowhere: it is not agreed yet.

    `place` 0 is the file's draft; others are copies: what came second from another window. `after` is the number of
    the version that the page showed. `revision` grows with each saving. With `settled_at` it is empty: the plan was
    kept, or somebody laid it aside; the row at place 0 is written again when the next draft begins.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    place = models.PositiveIntegerField()
    revision = models.PositiveIntegerField()
    after = models.PositiveSmallIntegerField()
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    kept_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "place"], name="safety_plan_draft_place")]
