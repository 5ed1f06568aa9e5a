"""One-time links, and the accounts that a training instance lends to everybody."""

import uuid

from django.db import models

from arasha.administration.rules import KINDS


class Link(models.Model):
    """A one-time link to set a password or a second factor. Only the hash of its code is kept.

    A row without a user answers a request for an address that nobody has: it costs the same and does nothing.
    Framework table: times are the database's clock.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.TextField(choices=[(kind, kind) for kind in KINDS])
    user = models.ForeignKey("access.User", models.CASCADE, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    code_hash = models.BinaryField(null=True, unique=True)
    # The second factor that is being set up, encrypted; it becomes one when a code of it was shown.
    pending_secret = models.TextField(default="", db_default="", blank=True)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="link_kind")]

    def __str__(self) -> str:
        return f"{self.kind} link"


class Persona(models.Model):
    """An account that may be tried by one click; the database refuses such rows in production."""

    user = models.OneToOneField("access.User", models.CASCADE, primary_key=True, related_name="+")
    place = models.SmallIntegerField(default=0)

    def __str__(self) -> str:
        return f"persona {self.pk}"
