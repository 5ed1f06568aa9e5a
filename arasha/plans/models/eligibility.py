"""What was found out for a rule of eligibility, and what was decided beside the rule's own answer."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class EligibilityFact(models.Model):
    """What somebody found out, by a code of `eligibility_facts.csv`: yes, no or a number. The newest counts.

    `place` is the place among the facts of the file in the order in which they were written; 0 in rows that are older
    than this column, and come first.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    fact = models.CharField(max_length=40)
    code = models.CharField(max_length=16, blank=True, default="")
    number = models.SmallIntegerField(null=True)
    stated_at = models.DateTimeField()
    place = models.PositiveIntegerField(default=0)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(code__in=["yes", "no"], number=None) | models.Q(code="", number__isnull=False),
                name="eligibility_fact_one_value",
            ),
            models.UniqueConstraint(
                fields=["dossier", "place"], condition=models.Q(place__gt=0), name="eligibility_fact_in_order"
            ),
        ]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "fact": "code",
            "code": "code",
            "number": "code",
            "stated_at": "code",
            "place": "code",
            "unit_id": "code",
            "user_id": "code",
        }


class EligibilityDecision(models.Model):
    """What was decided about a service: the rule's answer then, line by line, and the decision beside it. Both stand.

    `answer` is what version `version` of the rule said, `lines` its conditions with what came of each. `entitled` is
    the decision, by whom (`decided_by`) and when; `reason` says why it is another than the rule's answer.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    rule = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    answer = models.CharField(max_length=16)
    lines = ArrayField(models.CharField(max_length=80), default=list)
    entitled = models.BooleanField()
    decided_by = models.CharField(max_length=16)
    decided_on = models.DateField()
    reason = models.CharField(max_length=32, blank=True, default="")
    sealed = models.BinaryField(null=True)
    recorded_at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="met", entitled=True)
                | models.Q(answer="not_met", entitled=False)
                | ~models.Q(reason=""),
                name="eligibility_overrule_has_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(answer__in=["met", "not_met", "unknown"]), name="eligibility_answer_known"
            ),
        ]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "rule": "code",
            "version": "code",
            "answer": "code",
            "lines": "code",
            "entitled": "code",
            "decided_by": "code",
            "decided_on": "code",
            "reason": "code",
            "sealed": "sealed",
            "recorded_at": "code",
            "unit_id": "code",
            "user_id": "code",
        }
