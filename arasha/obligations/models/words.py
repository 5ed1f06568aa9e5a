"""What people said about an obligation: answers with their files, and the reasons of all else that they did to it."""

import uuid
from typing import ClassVar

from django.db import models

from arasha.obligations.models.columns import codes, one_of
from arasha.obligations.models.duty import Obligation
from arasha.obligations.rules import Said


class Answer(models.Model):
    """What the obliged unit said was done; the text is sealed by the vault under `dossier`, where it was given.

    `withdrawn_at` is set when a supervisor reopened the duty because this was no answer to it; it stays readable.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="answers")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    text = models.BinaryField()
    given_at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    post = models.ForeignKey("access.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    outcome = models.CharField(max_length=60, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True)

    class Journal:
        classes: ClassVar[dict[str, str]] = codes(
            *("id", "obligation_id", "dossier_id", "given_at", "unit_id", "post_id", "outcome", "withdrawn_at")
        ) | {"text": "sealed"}

    def __str__(self) -> str:
        return f"answer to {self.obligation_id}"


class Evidence(models.Model):
    """A file given with an answer, kept by the vault."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    answer = models.ForeignKey(Answer, models.PROTECT, related_name="evidence")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    file = models.ForeignKey("vault.KeptFile", models.PROTECT, related_name="+", db_index=False)

    class Journal:
        classes: ClassVar[dict[str, str]] = codes("id", "answer_id", "dossier_id", "file_id")

    class Meta:
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return f"evidence of {self.answer_id}"


class Remark(models.Model):
    """One thing done to an obligation besides meeting it: by whom, for which reason, until when, in which words.

    The words are sealed by the vault under `dossier`, where they were said, and may be missing.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="remarks")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    reason = models.CharField(max_length=60, blank=True)
    until = models.DateTimeField(null=True)
    at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    post = models.ForeignKey("access.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    text = models.BinaryField(null=True)

    class Journal:
        classes: ClassVar[dict[str, str]] = codes(
            *("id", "obligation_id", "dossier_id", "kind", "reason", "until", "at", "unit_id", "post_id")
        ) | {"text": "sealed"}

    class Meta:
        constraints = [one_of("remark_kind", "kind", Said)]

    def __str__(self) -> str:
        return f"{self.kind} {self.obligation_id}"
