"""Links over which services without an account answer referrals; what the public's process finds by one; its letters.

`OutsideDoor` and `OutsideLetter` are definer functions' alone: keyed hashes, sealed sheets and sealed answers, which
the journal must not keep. That a link was made, opened and ended stands in `OutsideLink`.
"""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q


class OutsideLink(models.Model):
    """A link that was made for a referral. `named`: it tells who the child is. `ended_why`: a code."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    referral = models.ForeignKey("plans.Referral", models.PROTECT, related_name="links")
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    named = models.BooleanField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    opens = models.PositiveSmallIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral"], condition=Q(ended_at=None), name="outside_link_once"),
            models.CheckConstraint(
                condition=Q(ended_at=None, ended_why="") | Q(ended_at__isnull=False) & ~Q(ended_why=""),
                name="outside_link_ends",
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], condition=Q(ended_at=None), name="outside_link_lasts")]

    class Journal:
        classes: ClassVar[dict[str, str]] = dict.fromkeys(
            [
                "id",
                "dossier_id",
                "referral_id",
                "unit_id",
                "user_id",
                "named",
                "made_at",
                "expires_at",
                "opened_at",
                "opens",
                "ended_at",
                "ended_why",
            ],
            "code",
        )


class OutsideDoor(models.Model):
    """By what a link is found and what proves its code, as keyed hashes; the sheet is sealed under both together."""

    hash = models.BinaryField(primary_key=True)
    link = models.OneToOneField(OutsideLink, models.PROTECT, related_name="+")
    proof = models.BinaryField()
    sealed = models.BinaryField()
    tries = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField()


class OutsideLetter(models.Model):
    """What came over a link, for the worker: `opened`, `wrong` (the code, five times), or a sealed `answer`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    link = models.ForeignKey(OutsideLink, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8)
    version = models.PositiveSmallIntegerField(default=0)
    sealed = models.BinaryField(default=b"")
    came_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["opened", "wrong", "answer"]), name="outside_letter_kinds")
        ]
        indexes = [models.Index(fields=["due_at"], name="outside_letter_due")]
