"""Judgements about a child: of safety now, of risk in the weeks to come. A later one changes none."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class SafetyJudgement(models.Model):
    """What somebody judged of the child's safety, where the child was, who saw the child, by when to judge again.

    The codes lie in the facet of obligations: whoever is sent to see the child writes them, whatever else they read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=16)
    where = models.CharField(max_length=16)
    seen = models.CharField(max_length=16)
    seen_at = models.DateTimeField(null=True)
    judged_at = models.DateTimeField()
    again_by = models.DateTimeField(null=True)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["safe", "unsafe", "unknown"]), name="safety_state_known"
            ),
            models.CheckConstraint(condition=~models.Q(state="safe", seen="not_seen"), name="safe_only_who_was_seen"),
        ]
        indexes = [models.Index(fields=["dossier", "-judged_at"], name="safety_newest")]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "state": "code",
            "where": "code",
            "seen": "code",
            "seen_at": "code",
            "judged_at": "code",
            "again_by": "code",
            "unit_id": "code",
        }


class JudgementText(models.Model):
    """Why it was judged so, in words, under the facet that the one who judged may write."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    judgement = models.ForeignKey(SafetyJudgement, models.PROTECT, related_name="texts")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    facet = models.SmallIntegerField()
    sealed = models.BinaryField()

    class Journal:
        classes = {
            "id": "code",
            "judgement_id": "code",
            "dossier_id": "code",
            "facet": "code",
            "sealed": "sealed",
        }


class RiskJudgement(models.Model):
    """How likely harm is judged to be in the time to come, by when to respond, on which day it is judged again.

    `suggested` is what the rules suggested then; `grounds` are the rules that held, each with its version, and the
    facts by which they hold (`fact=value`). `level` is what was chosen, with the reason (`override`) where it is
    another. `reasons` are the judge's own. `unseen` says why the level was lowered though nobody had seen the child
    alone since the judgement before. No row ever changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    level = models.CharField(max_length=16)
    suggested = models.CharField(max_length=16, blank=True, default="")
    grounds = ArrayField(models.CharField(max_length=40), default=list)
    reasons = ArrayField(models.CharField(max_length=32), default=list)
    override = models.CharField(max_length=32, blank=True, default="")
    unseen = models.CharField(max_length=32, blank=True, default="")
    judged_at = models.DateTimeField()
    respond_by = models.DateTimeField(null=True)
    again_on = models.DateField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(override="") | (~models.Q(suggested="") & ~models.Q(suggested=models.F("level"))),
                name="risk_override_of_something",
            ),
            models.CheckConstraint(
                condition=models.Q(suggested="") | models.Q(suggested=models.F("level")) | ~models.Q(override=""),
                name="risk_override_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["dossier", "-judged_at"], name="risk_newest")]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "level": "code",
            "suggested": "code",
            "grounds": "code",
            "reasons": "code",
            "override": "code",
            "unseen": "code",
            "judged_at": "code",
            "respond_by": "code",
            "again_on": "code",
            "unit_id": "code",
            "user_id": "code",
        }


class RiskText(models.Model):
    """Why the risk was judged so, in words, under the facet that the one who judged may write."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    judgement = models.ForeignKey(RiskJudgement, models.PROTECT, related_name="texts")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    facet = models.SmallIntegerField()
    sealed = models.BinaryField()

    class Journal:
        classes = {
            "id": "code",
            "judgement_id": "code",
            "dossier_id": "code",
            "facet": "code",
            "sealed": "sealed",
        }
