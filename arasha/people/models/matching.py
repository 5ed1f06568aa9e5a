"""Two people of files who may be one, what speaks for and against it, and what was decided."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Match(models.Model):
    """A pair to be looked at. `levels` are how the two stand in each attribute ("given:same"), `bits` their sum.

    Definer functions alone read and write it: who sees a pair depends on both files. `moved` are the rows that took
    another identity by the merge, `before` the one that they had, and `stood` those that had it: so it can be undone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    one = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    other = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    bits = models.FloatField()
    levels = ArrayField(models.CharField(max_length=40))
    doubts = ArrayField(models.CharField(max_length=16), default=list)
    origin = models.CharField(max_length=16)
    state = models.CharField(max_length=16, default="open")
    proposed_at = models.DateTimeField()
    first_user = models.ForeignKey("access.User", models.PROTECT, related_name="+", null=True)
    first_at = models.DateTimeField(null=True)
    second_user = models.ForeignKey("access.User", models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    moved = ArrayField(models.UUIDField(), default=list)
    stood = ArrayField(models.UUIDField(), default=list)
    before = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "asked", "proposed", "same", "not_same"]),
                name="match_state_known",
            ),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="match_in_order"),
            # Met by definer functions alone, which write each pair once.
            models.UniqueConstraint(fields=["one", "other"], name="match_once"),
        ]
        indexes = [models.Index(fields=["state", "proposed_at", "id"], name="matches_by_age")]

    class Journal:
        classes = {
            "id": "code",
            "one_id": "code",
            "other_id": "code",
            "bits": "code",
            "levels": "code",
            "doubts": "code",
            "origin": "code",
            "state": "code",
            "proposed_at": "code",
            "first_user_id": "code",
            "first_at": "code",
            "second_user_id": "code",
            "decided_at": "code",
            "moved": "code",
            "stood": "code",
            "before": "code",
        }


class Unmatched(models.Model):
    """A person whom nobody has compared with the others since they were written down or changed: a queue."""

    person = models.OneToOneField("people.Person", models.CASCADE, primary_key=True, related_name="+")
    queued_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["queued_at"], name="unmatched_by_age")]
