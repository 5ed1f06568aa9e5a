"""A child on the medical-social register, and what was noted of it step by step.

A child's enrolment is nobody's badge: after its end only the unit that kept it, and who leads or oversees the file,
know of it (a policy of the database).
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

STATES = ("notified", "kept", "refused", "ended")
STEPS = ("notified", "kept", "reviewed", "refused", "ended", "printed")


class Enrolment(models.Model):
    """One run on the register: how it stands. `unit`: who keeps it, once taken on; `needs`: kinds of help owed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    state = models.TextField(default="notified")
    grounds = ArrayField(models.TextField())
    on_paper = models.BooleanField(default=False)
    dated = models.DateField(null=True)
    notified_at = models.DateTimeField()
    notified_by = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+")
    kept_at = models.DateTimeField(null=True)
    needs = ArrayField(models.TextField(), default=list)
    measures_until = models.DateField(null=True)
    review_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="enrolment_state"),
            models.CheckConstraint(
                condition=~Q(state="kept") | Q(unit__isnull=False, review_on__isnull=False), name="enrolment_kept"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["refused", "ended"]) ^ Q(ended_at=None), name="enrolment_over"
            ),
            models.UniqueConstraint(
                fields=["dossier"], condition=Q(state__in=["notified", "kept"]), name="enrolment_one"
            ),
        ]
        indexes = [models.Index(fields=["unit", "review_on"], condition=Q(state="kept"), name="enrolment_review")]

    class Journal:
        classes = dict.fromkeys(
            [
                *("id", "dossier_id", "state", "grounds", "on_paper", "dated", "notified_at", "notified_by_id"),
                *("unit_id", "kept_at", "needs", "measures_until", "review_on", "ended_at", "reason"),
            ],
            "code",
        )


class EnrolmentStep(models.Model):
    """What was done with an enrolment, in order; none ever changes. `sealed`: its words, or a notice's number."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    enrolment = models.ForeignKey(Enrolment, models.PROTECT, related_name="steps")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    kind = models.TextField()
    at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=STEPS), name="enrolment_step_kind"),
            models.UniqueConstraint(fields=["enrolment", "number"], name="enrolment_step_numbered"),
        ]

    class Journal:
        classes = dict.fromkeys(
            ["id", "enrolment_id", "dossier_id", "number", "kind", "at", "unit_id", "user_id"], "code"
        ) | {"sealed": "sealed"}
