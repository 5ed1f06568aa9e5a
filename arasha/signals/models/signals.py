"""A signal and what was said in it. The child stands here as somebody described them, and so it stays."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Signal(models.Model):
    """First information about a child. What its words say lies sealed in SignalText, its teller in SignalReporter.

    `happened_in`, `institution` and `suspect` are NULL where nothing was said: so the journal of earlier rows fits.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.OneToOneField("access.Dossier", models.PROTECT, related_name="+")
    door = models.CharField(max_length=32)
    received_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    territory = models.ForeignKey("territory.Territory", models.PROTECT, related_name="+", db_constraint=False)
    child_called = models.CharField(max_length=200, blank=True)
    child_age = models.PositiveSmallIntegerField(null=True)
    child_sex = models.CharField(max_length=8, default="unknown")
    concerns = ArrayField(models.CharField(max_length=32))
    safe_now = models.CharField(max_length=8)
    suspect_has_access = models.CharField(max_length=8)
    urgency = models.CharField(max_length=16)
    urgency_rule = models.CharField(max_length=32, default="", blank=True)
    identified_at = models.DateTimeField(null=True)
    way = models.CharField(max_length=16, default="direct")
    school = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", null=True)
    clinic = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", null=True)
    suspect_works = models.CharField(max_length=16, default="", blank=True)
    happened_in = models.TextField(null=True)  # noqa: DJ001 - see the class's words
    institution = models.ForeignKey("access.Body", models.PROTECT, related_name="+", null=True)
    suspect = models.TextField(null=True)  # noqa: DJ001 - see the class's words
    school_class = models.CharField(max_length=16, default="", blank=True)
    dangers = ArrayField(models.CharField(max_length=32), default=list)
    statement = models.CharField(max_length=16, default="", blank=True)
    response = models.CharField(max_length=16, default="ordinary")
    state = models.CharField(max_length=16, default="waiting")
    taken_by_unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", null=True)
    taken_at = models.DateTimeField(null=True)
    closing = models.CharField(max_length=32, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "taken", "case", "closed"]), name="signal_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state="closed") ^ models.Q(closing=""), name="signal_closed_with_reason"
            ),
            models.CheckConstraint(
                condition=models.Q(child_age__isnull=True) | models.Q(child_age__lte=120), name="signal_age_sane"
            ),
        ]
        indexes = [
            models.Index(fields=["answer_by"], condition=models.Q(state="waiting"), name="signal_waiting"),
        ]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "door": "code",
            "received_at": "code",
            "answer_by": "code",
            "territory_id": "code",
            "child_called": "personal",
            "child_age": "code",
            "child_sex": "code",
            "concerns": "code",
            "safe_now": "code",
            "suspect_has_access": "code",
            "urgency": "code",
            "urgency_rule": "code",
            "identified_at": "code",
            "way": "code",
            "school_id": "code",
            "clinic_id": "code",
            "suspect_works": "code",
            "happened_in": "code",
            "institution_id": "code",
            "suspect": "code",
            "school_class": "personal",
            "dangers": "code",
            "statement": "code",
            "response": "code",
            "state": "code",
            "taken_by_unit_id": "code",
            "taken_at": "code",
            "closing": "code",
        }


class SignalText(models.Model):
    """Words of a report under one facet: what happened, who must not know, how to ring."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    facet = models.SmallIntegerField()
    kind = models.CharField(max_length=16)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["dossier", "kind"], name="signal_text_once")]

    class Journal:
        classes = {"id": "code", "dossier_id": "code", "facet": "code", "kind": "code", "sealed": "sealed"}


class SignalInjury(models.Model):
    """One injury that was seen (`rules.Injury`), sealed under the health facet: what, where and how large."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    place = models.SmallIntegerField()
    sealed = models.BinaryField()

    class Journal:
        classes = {"id": "code", "dossier_id": "code", "place": "code", "sealed": "sealed"}


class SignalReporter(models.Model):
    """Who told, under the reporter facet and a key of its own; the act of telling carries only `reference`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    facet = models.SmallIntegerField()
    reference = models.UUIDField()
    sealed = models.BinaryField()

    class Journal:
        classes = {"id": "code", "dossier_id": "code", "facet": "code", "reference": "code", "sealed": "sealed"}


class Receipt(models.Model):
    """What a reporter can show: found by a keyed fingerprint of the code, proven by a slow hash of code and phrase.

    Nothing in it leads to a person; the team of the file does not see that it is there. System work of the purpose
    "receipt" alone reads it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    fingerprint = models.BinaryField()
    salt = models.BinaryField()
    proof = models.BinaryField()
    day = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["fingerprint"], name="receipt_found")]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "fingerprint": "sealed",
            "salt": "sealed",
            "proof": "sealed",
            "day": "code",
        }
