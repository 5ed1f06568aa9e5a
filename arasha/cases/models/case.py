"""The case: a number, the name it bears, and the unit that leads it. Everything else hangs on its dossier."""

import uuid

from django.db import models


class Case(models.Model):
    """One child's case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.OneToOneField("access.Dossier", models.PROTECT, related_name="+")
    number = models.CharField(max_length=20, unique=True)
    opened_at = models.DateTimeField()
    territory = models.ForeignKey("territory.Territory", models.PROTECT, related_name="+", db_constraint=False)
    child_called = models.CharField(max_length=200, blank=True)
    child_age = models.PositiveSmallIntegerField(null=True)
    child_sex = models.CharField(max_length=8, default="unknown")
    lead_unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    lead_user = models.ForeignKey("access.User", models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=16, default="open")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=["open", "closed"]), name="case_state_known"),
        ]
        indexes = [models.Index(fields=["lead_unit", "-opened_at"], name="case_newest_of_unit")]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "number": "code",
            "opened_at": "code",
            "territory_id": "code",
            "child_called": "personal",
            "child_age": "code",
            "child_sex": "code",
            "lead_unit_id": "code",
            "lead_user_id": "code",
            "state": "code",
        }


class CaseOrigin(models.Model):
    """Which signal's dossier a case grew from; a case may have several, and a joining may be undone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    signal_dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["signal_dossier"], condition=models.Q(left_at=None), name="signal_in_one_case_now"
            )
        ]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "signal_dossier_id": "code",
            "joined_at": "code",
            "left_at": "code",
        }
