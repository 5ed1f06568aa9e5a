"""Versions of procedures. Reference: everybody may read them, only the loader adds; no row ever changes."""

from django.db import models


class ProtocolVersion(models.Model):
    """One published version of a procedure; a database trigger refuses every change and deletion."""

    code = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    event = models.CharField(max_length=60, db_index=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    verified_by = models.TextField(blank=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        db_table = "protocols_version"
        constraints = [models.UniqueConstraint(fields=["code", "number"], name="protocols_version_once")]

    def __str__(self) -> str:
        return f"{self.code}, {self.number}"
