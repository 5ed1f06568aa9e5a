"""What a file holds of the child: concerns, the child's own words, the other children of the household, documents."""

import uuid

from django.db import models


class CaseConcern(models.Model):
    """One form of violence or risk, with where it happens and since when, as exactly as anybody knows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    code = models.CharField(max_length=32)
    setting = models.CharField(max_length=16)
    since = models.DateField(null=True)
    precision = models.CharField(max_length=16, default="unknown")
    named_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "code": "code",
            "setting": "code",
            "since": "code",
            "precision": "code",
            "named_at": "code",
            "ended_at": "code",
            "unit_id": "code",
        }


class ChildWords(models.Model):
    """What the child said, to whom, where and when, in the child's words; or that the child was silent or not asked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    facet = models.SmallIntegerField()
    how = models.CharField(max_length=16)
    asked = models.CharField(max_length=16, default="not_said")
    where = models.CharField(max_length=16)
    said_at = models.DateTimeField()
    kept_at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    sealed = models.BinaryField(null=True)

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "facet": "code",
            "how": "code",
            "asked": "code",
            "where": "code",
            "said_at": "code",
            "kept_at": "code",
            "unit_id": "code",
            "sealed": "sealed",
        }


class HouseholdChild(models.Model):
    """Another child who lives there, by name, and what was decided about that child."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+", null=True)
    called = models.CharField(max_length=200)
    age = models.PositiveSmallIntegerField(null=True)
    sex = models.CharField(max_length=8, default="unknown")
    named_at = models.DateTimeField()
    decision = models.CharField(max_length=16, blank=True, default="")
    reason = models.CharField(max_length=32, blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decision="", decided_at=None)
                | (~models.Q(decision="") & models.Q(decided_at__isnull=False)),
                name="household_decided_once",
            ),
            models.CheckConstraint(
                condition=models.Q(age__isnull=True) | models.Q(age__lte=120), name="household_age_sane"
            ),
        ]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "person_id": "code",
            "called": "personal",
            "age": "code",
            "sex": "code",
            "named_at": "code",
            "decision": "code",
            "reason": "code",
            "decided_at": "code",
            "unit_id": "code",
        }


class CaseDocument(models.Model):
    """A file kept in the vault, and what kind of document it is. Its name lies sealed beside its content."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    facet = models.SmallIntegerField()
    kept = models.ForeignKey("vault.KeptFile", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16)
    added_at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "facet": "code",
            "kept_id": "code",
            "kind": "code",
            "added_at": "code",
            "unit_id": "code",
        }
