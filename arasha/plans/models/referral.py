"""A child referred to a service: a promise around one place; and a question that is put to a specialist."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q


def _codes(*columns: str) -> dict[str, str]:
    return dict.fromkeys(("id", "dossier_id", *columns), "code")


class Referral(models.Model):
    """A referral: whose place it asked for, from whom to whom, what for, with whose consent, and until when it is read.

    Whether it was accepted, declined, started or completed is said by its place; `seen_at`, `fed_back_at` and
    `returned_at` (it came back to the sender by silence) are its own. `to_unit` None: the service has no account.
    `duty` is what its receiver owes now, or owed last; `back` what its sender owes since it came back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    place = models.OneToOneField("plans.ServicePlace", models.PROTECT, related_name="referral")
    from_unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    from_user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    to_unit = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+")
    purpose = models.TextField()
    consent = models.TextField()
    without = models.TextField(default="", blank=True)
    reads_until = models.DateTimeField()
    sent_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    fed_back_at = models.DateTimeField(null=True)
    steps = models.PositiveSmallIntegerField(default=1)
    duty = models.ForeignKey("obligations.Obligation", models.PROTECT, null=True, related_name="+")
    back = models.ForeignKey("obligations.Obligation", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(steps__gte=1), name="referral_steps"),
            models.CheckConstraint(condition=Q(reads_until__gt=models.F("sent_at")), name="referral_reads_until"),
            models.CheckConstraint(
                condition=Q(consent="without") & ~Q(without="") | ~Q(consent="without") & Q(without=""),
                name="referral_consent_or_reason",
            ),
        ]

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes(
            *("place_id", "from_unit_id", "from_user_id", "to_unit_id", "purpose", "consent", "without"),
            *("reads_until", "sent_at", "seen_at", "returned_at", "fed_back_at", "steps", "duty_id", "back_id"),
        )


class ReferralStep(models.Model):
    """What is the referral's alone, in its order; none ever changes. `child` keeps what the child says of the help."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="way", db_index=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    step = models.TextField()
    at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    sealed = models.BinaryField(null=True)
    child = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["referral", "number"], name="referral_step_in_order")]

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes("referral_id", "number", "step", "at", "unit_id", "user_id") | {
            "sealed": "sealed",
            "child": "sealed",
        }


class SpecialistQuestion(models.Model):
    """A question about a child to a unit that knows more of it. The case stays with who asks; the words are sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    specialist = models.TextField()
    urgency = models.TextField()
    from_unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    from_user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    to_unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    duty = models.ForeignKey("obligations.Obligation", models.PROTECT, null=True, related_name="+")
    sealed = models.BinaryField(null=True)

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes(
            *("specialist", "urgency", "from_unit_id", "from_user_id", "to_unit_id", "asked_at", "answered_at"),
            "duty_id",
        ) | {"sealed": "sealed"}


class SpecialistAnswer(models.Model):
    """What the specialist answered, under the facet that they chose among those that whoever asked reads."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    question = models.OneToOneField(SpecialistQuestion, models.PROTECT, related_name="answer")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    facet = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(facet__lt=16), name="specialist_answer_facet")]

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes("question_id", "facet", "at", "unit_id", "user_id") | {
            "sealed": "sealed"
        }
