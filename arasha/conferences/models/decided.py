"""What was decided, who saw it otherwise, and the minutes."""

import uuid

from django.db import models
from django.db.models import Q

from arasha.conferences.models.sitting import Item, codes


class Decision(models.Model):
    """What a unit is to do by a day; the duty (`obligation`) says whether it was done.

    `verdict`: what a later sitting said of a decision that was taken without quorum, in which item (`confirmed_in`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, models.PROTECT, related_name="decisions", db_index=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    by_when = models.DateField()
    obligation = models.OneToOneField("obligations.Obligation", models.PROTECT, related_name="+")
    without_quorum = models.BooleanField(default=False)
    verdict = models.TextField(blank=True, default="")
    confirmed_in = models.ForeignKey(Item, models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="conference_decision_numbered"),
            models.CheckConstraint(
                condition=Q(verdict="", confirmed_in=None)
                | Q(verdict__in=["confirmed", "not_confirmed"], confirmed_in__isnull=False, without_quorum=True),
                name="conference_decision_verdict",
            ),
        ]

    class Journal:
        classes = codes(
            *("item_id", "dossier_id", "number", "unit_id", "by_when", "obligation_id", "without_quorum"),
            *("verdict", "confirmed_in_id", "at", "user_id"),
        ) | {"sealed": "sealed"}


class Dissent(models.Model):
    """How a unit that was there sees a decision otherwise; its words stand beside it and in the minutes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", db_index=False)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="dissents", db_index=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "unit"], name="conference_dissent_once_of_unit")]

    class Journal:
        classes = codes("item_id", "decision_id", "dossier_id", "unit_id", "at", "user_id") | {"sealed": "sealed"}


class Minutes(models.Model):
    """One version of an item's minutes, as the chair confirmed it. A correction is the next version with its reason.

    `sealed` holds what was said and decided as JSON. The child's words are in none: they are put in when it is read.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, models.PROTECT, related_name="minutes", db_index=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    chair = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    signed_at = models.DateTimeField()
    reason = models.TextField(blank=True, default="")
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="conference_minutes_numbered"),
            models.CheckConstraint(
                condition=Q(number=1, reason="") | (Q(number__gt=1) & ~Q(reason="")), name="conference_minutes_why"
            ),
        ]

    class Journal:
        classes = codes("item_id", "dossier_id", "number", "chair_id", "unit_id", "signed_at", "reason") | {
            "sealed": "sealed"
        }
