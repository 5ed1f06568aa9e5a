"""Debriefs owed to operators. Their words stand in no file, and are deleted after a while."""

import uuid

from django.db import models


class Debrief(models.Model):
    """That a talk about a heavy contact is owed to an operator: codes and days, no word, no history."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    contact = models.ForeignKey("helpline.Contact", models.PROTECT, related_name="+")
    operator = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12)
    state = models.CharField(max_length=8, default="owed")
    owed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    supervisor = models.ForeignKey("access.User", models.PROTECT, related_name="+", null=True)
    held_on = models.DateField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contact", "operator"], name="debrief_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["owed", "asked", "declined"], held_on=None)
                | models.Q(state="held", held_on__isnull=False, supervisor__isnull=False),
                name="debrief_state_known",
            ),
        ]
        indexes = [models.Index(fields=["unit", "due_at"], name="debrief_due")]


class DebriefWords(models.Model):
    """What the two wrote to each other, sealed under a key of the debrief's own; gone on its day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    debrief = models.ForeignKey(Debrief, models.CASCADE, related_name="+")
    author = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    at = models.DateTimeField()
    until = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["until"], name="debrief_words_end")]
