"""Certificates of programmes, and what takes them back. No row says who holds one."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

# As it stands in the register of the course: 17 or 17/2026. Neither a name nor an identification number fits.
ENTRY = r"^[0-9]{1,6}(/[0-9]{1,4}){0,2}$"


def _codes(text: str) -> dict[str, str]:
    return dict.fromkeys(text.split(), "code")


class Certificate(models.Model):
    """One certificate. Its number is kept nowhere: `fingerprint` is a keyed hash, the key lies outside the database.

    `entry`: the line of the body's own register of the course, where the holder's name stands. Never changed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    fingerprint = models.BinaryField(unique=True)
    programme = models.TextField()
    entry = models.TextField()
    body = models.ForeignKey("access.Body", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    completed_on = models.DateField()
    valid_until = models.DateField(null=True)
    issued_at = models.DateTimeField()

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes(
            "id fingerprint programme entry body_id unit_id completed_on valid_until issued_at"
        )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(entry__regex=ENTRY), name="certificate_entry"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("completed_on")), name="certificate_days"
            ),
            models.UniqueConstraint(fields=["body", "programme", "entry"], name="certificate_of_an_entry"),
        ]
        indexes = [models.Index(fields=["body", "-issued_at", "id"], name="certificate_of_body")]

    def __str__(self) -> str:
        return str(self.id)


class Withdrawal(models.Model):
    """That somebody asked to withdraw a certificate, and what another person decided. Refused ones stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    certificate = models.ForeignKey(Certificate, models.PROTECT, related_name="withdrawals")
    reason = models.TextField()
    asked_by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    verdict = models.TextField(default="", blank=True)
    decided_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    decided_at = models.DateTimeField(null=True)

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes(
            "id certificate_id reason asked_by_id asked_at verdict decided_by_id decided_at"
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict="", decided_by=None, decided_at=None)
                | Q(verdict__in=["withdrawn", "refused"], decided_by__isnull=False, decided_at__isnull=False),
                name="withdrawal_verdict",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="withdrawal_by_two"
            ),
            models.UniqueConstraint(fields=["certificate"], condition=~Q(verdict="refused"), name="withdrawal_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
