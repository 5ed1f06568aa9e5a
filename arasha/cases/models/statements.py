"""Who says what of what happened, and how they know: facts, allegations, opinions and findings, each by itself."""

import uuid

from django.db import models


class Statement(models.Model):
    """One statement with its source; `sealed` holds its words and who said it. What the child said names its words.

    A later statement changes none: it may confirm or refute it (`StatementLink`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    facet = models.SmallIntegerField()
    kind = models.CharField(max_length=16)
    source = models.CharField(max_length=16)
    way = models.CharField(max_length=16)
    incident = models.ForeignKey("cases.Incident", models.PROTECT, related_name="+", null=True)
    words = models.ForeignKey("cases.ChildWords", models.PROTECT, related_name="+", null=True)
    heard_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    sealed = models.BinaryField(null=True)
    struck_at = models.DateTimeField(null=True)
    strike_reason = models.CharField(max_length=16, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="child", words__isnull=False, sealed=None)
                | (~models.Q(kind="child") & models.Q(words=None, sealed__isnull=False)),
                name="statement_has_words",
            ),
            models.CheckConstraint(
                condition=models.Q(struck_at=None, strike_reason="")
                | (models.Q(struck_at__isnull=False) & ~models.Q(strike_reason="")),
                name="statement_struck_with_reason",
            ),
            models.UniqueConstraint(fields=["id", "dossier"], name="statement_of_file"),
        ]
        indexes = [models.Index(fields=["dossier"], name="statement_by_file")]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "facet": "code",
            "kind": "code",
            "source": "code",
            "way": "code",
            "incident_id": "code",
            "words_id": "code",
            "heard_on": "code",
            "recorded_at": "code",
            "unit_id": "code",
            "sealed": "sealed",
            "struck_at": "code",
            "strike_reason": "code",
        }


class StatementLink(models.Model):
    """That a statement confirms or refutes another; under the facet of the one that does."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    facet = models.SmallIntegerField()
    statement = models.ForeignKey(Statement, models.PROTECT, related_name="+")
    other = models.ForeignKey(Statement, models.PROTECT, related_name="+")
    relation = models.CharField(max_length=16)
    linked_at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(relation__in=["confirms", "refutes"]), name="statement_relation_known"
            ),
            models.CheckConstraint(condition=~models.Q(statement=models.F("other")), name="statement_of_another"),
            models.UniqueConstraint(fields=["statement", "other"], name="statement_linked_once"),
        ]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "facet": "code",
            "statement_id": "code",
            "other_id": "code",
            "relation": "code",
            "linked_at": "code",
            "unit_id": "code",
        }
