"""What a lawyer signed of the tables that say who sees what."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class SignOff(models.Model):
    """The tables as they stood when a lawyer signed them; it counts when another person has confirmed it.

    `digest` is the SHA-256 of `tables`. Written by the definer functions of the schema `administration` only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    digest = models.TextField()
    tables = models.JSONField()
    signed_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Journal:
        classes: ClassVar[dict[str, str]] = dict.fromkeys(
            ("id", "digest", "tables", "signed_by_id", "signed_at", "confirmed_by_id", "confirmed_at"), "code"
        )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(confirmed_by=F("signed_by")), name="signoff_two_persons"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
                name="signoff_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
