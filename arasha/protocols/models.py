"""Versions of procedures, which never change, and what people decided about them."""

import uuid
from typing import ClassVar

from django.db import models

from arasha.protocols.rules.standing import DECLARED, Kind


class ProtocolVersion(models.Model):
    """One version of a procedure; a database trigger refuses every change and deletion.

    A shipped one begins as its file declares; one drafted here has an author and begins as a draft.
    """

    code = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    event = models.CharField(max_length=60, db_index=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    verified_by = models.TextField(blank=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()
    declared = models.CharField(max_length=20, default=DECLARED[0])
    author = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    author_post = models.ForeignKey("access.Post", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        db_table = "protocols_version"
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="protocols_version_once"),
            models.CheckConstraint(condition=models.Q(declared__in=DECLARED), name="protocols_version_declared"),
        ]

    def __str__(self) -> str:
        return f"{self.code}, {self.number}"


class Decision(models.Model):
    """What somebody decided about a version: reviewed, returned, put in force from a day … Added, never changed.

    `place` is its place among the version's decisions: two people who decide at once can't both take it. `day` is the
    first day of what was decided, `reason` what the person wrote; `read_acts` says that the reviewer read the acts
    themselves and not a retelling.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    version = models.ForeignKey(ProtocolVersion, models.PROTECT, related_name="decisions", db_index=False)
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    day = models.DateField(null=True)
    reason = models.TextField(default="", blank=True)
    read_acts = models.BooleanField(default=False)
    at = models.DateTimeField()
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey("access.Post", models.PROTECT, related_name="+", db_index=False)

    class Journal:
        classes: ClassVar[dict[str, str]] = {
            "id": "code",
            "version_id": "code",
            "place": "code",
            "kind": "code",
            "day": "code",
            "reason": "code",
            "read_acts": "code",
            "at": "code",
            "user_id": "code",
            "post_id": "code",
        }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind.value for kind in Kind]), name="protocols_decision_kind"
            ),
            models.UniqueConstraint(fields=["version", "place"], name="protocols_decision_place"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.version_id}"
