"""A received file, and every hand through which it went. Bytes and names lie in the vault, the original's and the
copy's under keys of their own; here stand codes alone."""

import uuid

from django.db import models


class Exhibit(models.Model):
    """One file of a dossier. `original` lies under the facet `interview`, `copy` under the narrative.

    An intimate picture of a child (`intimate`) has no copy, and its original goes to the investigator by itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField()
    received_at = models.DateTimeField()
    kind = models.CharField(max_length=16)
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    scanned = models.CharField(max_length=16)
    warning = models.CharField(max_length=16, blank=True)
    original = models.ForeignKey("vault.KeptFile", models.PROTECT, related_name="+")
    copy = models.ForeignKey("vault.KeptFile", models.PROTECT, related_name="+", null=True)
    no_copy = models.CharField(max_length=16, blank=True)
    intimate = models.BooleanField(default=False)
    marked_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    handed_unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", null=True)
    handed_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="exhibit_numbered_once"),
            models.CheckConstraint(condition=models.Q(intimate=False) | models.Q(copy=None), name="intimate_no_copy"),
        ]
        indexes = [
            models.Index(fields=["received_at"], name="exhibit_to_hand_over", condition=models.Q(handed_at=None)),
        ]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "number": "code",
            "received_at": "code",
            "kind": "code",
            "content_type": "code",
            "size": "code",
            "scanned": "code",
            "warning": "code",
            "original_id": "code",
            "copy_id": "code",
            "no_copy": "code",
            "intimate": "code",
            "marked_at": "code",
            "asked_at": "code",
            "handed_at": "code",
            "handed_unit_id": "code",
            "handed_until": "code",
        }


class Custody(models.Model):
    """One line of the custody record. Lines are added and never changed. Without a user it is the clock's work."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    exhibit = models.ForeignKey("evidence.Exhibit", models.PROTECT, related_name="+")
    line = models.PositiveIntegerField()
    at = models.DateTimeField()
    what = models.CharField(max_length=20)
    detail = models.CharField(max_length=32, blank=True)
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", null=True)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exhibit", "line"], name="custody_line_once")]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "exhibit_id": "code",
            "line": "code",
            "at": "code",
            "what": "code",
            "detail": "code",
            "user_id": "code",
            "unit_id": "code",
        }
