"""What lies on operators' desks: numbers to ring, half-written forms, who is there; and the list of reasons."""

import uuid

from django.db import models


class CallBack(models.Model):
    """Somebody wished to be rung, or rang in vain. The number and how to ring safely lie sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    contact = models.ForeignKey("helpline.Contact", models.PROTECT, related_name="call_backs")
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    state = models.CharField(max_length=8, default="waiting")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    operator = models.ForeignKey("access.Post", models.PROTECT, related_name="+", null=True)
    taken_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=16, blank=True)
    ended_at = models.DateTimeField(null=True)
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "taken", "done", "given_up"]), name="call_back_state_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="taken") | models.Q(operator__isnull=False), name="call_back_held"
            ),
        ]
        indexes = [
            models.Index(fields=["contact"], name="call_back_of_contact"),
            models.Index(
                fields=["unit", "due_at"], name="call_back_due", condition=models.Q(state__in=["waiting", "taken"])
            ),
        ]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "contact_id": "code",
            "unit_id": "code",
            "state": "code",
            "asked_at": "code",
            "due_at": "code",
            "operator_id": "code",
            "taken_at": "code",
            "attempts": "code",
            "outcome": "code",
            "ended_at": "code",
            "sealed": "sealed",
        }


class Draft(models.Model):
    """What an operator has half written in a contact: form and message, sealed. Journalled nowhere; it is not said yet.

    `number` grows with each keeping, so that what a slow tab sends late does not overwrite what was kept after it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    contact = models.ForeignKey("helpline.Contact", models.PROTECT, related_name="+")
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    number = models.BigIntegerField(default=0)
    kept_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "user"], name="draft_once")]


class Presence(models.Model):
    """That an operator's console was open a moment ago. It says nothing of a contact."""

    post = models.OneToOneField("access.Post", models.PROTECT, related_name="+", primary_key=True)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    seen_at = models.DateTimeField()


class Reason(models.Model):
    """Why children turn to a helpline: a code in a group. Reference; only the loader and the importer write it."""

    code = models.SlugField(primary_key=True, max_length=32)
    group = models.CharField(max_length=32)
    group_kk = models.CharField(max_length=120)
    group_ru = models.CharField(max_length=120)
    group_en = models.CharField(max_length=120)
    name_kk = models.CharField(max_length=120)
    name_ru = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    place = models.PositiveSmallIntegerField()
    verified_by = models.CharField(max_length=120, blank=True)
    # One that is not used any more stays for the contacts that have it.
    used = models.BooleanField(default=True)

    class Meta:
        indexes = [models.Index(fields=["place"], name="reason_place")]
