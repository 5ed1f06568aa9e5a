"""Users, their sessions, and what ties them to bodies in which they hold no post."""

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

KIND = "^[a-z_]{1,32}$"


class Users(BaseUserManager["User"]):
    """Finds users by their login; making them is an action of `administration`."""


class User(AbstractBaseUser):
    """Somebody who signs in. What they may do comes from the post they act in; nobody may do everything."""

    login = models.TextField(unique=True)
    name = models.TextField()
    email = models.EmailField(blank=True, default="")
    language = models.CharField(max_length=2, default="kk")
    is_active = models.BooleanField(default=True)

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "login"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.login

    def get_full_name(self) -> str:
        """Return the name as the person writes it."""
        return self.name


class Session(models.Model):
    """A signed-in session, known by the SHA-256 of its token only; the app's role can't read it."""

    token_hash = models.BinaryField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"session of {self.user_id}"


class Tie(models.Model):
    """That somebody works in a body beside their post, has a relative there, or owns a part of it: said by themselves.

    To whom a file is closed for a body, it is closed for a tie to that body as well, until 24 months after its last
    day (`until` is the day after it). `struck_at`: said by mistake, as who answers for the worker has confirmed.
    """

    class Journal:
        classes = {
            "id": "code",
            "kind": "code",
            "since": "code",
            "until": "code",
            "declared_at": "code",
            "struck_at": "code",
            "body_id": "code",
            "struck_by_id": "code",
            "user_id": "code",
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    body = models.ForeignKey("access.Body", models.PROTECT, related_name="+")
    kind = models.TextField()
    since = models.DateField()
    until = models.DateField(null=True)
    declared_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True)
    struck_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="tie_period"),
            models.CheckConstraint(condition=Q(kind__regex=KIND), name="tie_kind"),
            models.CheckConstraint(
                condition=Q(struck_at=None, struck_by=None)
                | Q(struck_at__isnull=False, struck_by__isnull=False) & ~Q(struck_by=F("user")),
                name="tie_struck_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.kind} {self.body_id}"


class WebSession(models.Model):
    """Django's session data. Its key is another hash of the token than `Session`'s, so reading it opens nothing."""

    key = models.BinaryField(primary_key=True)
    data = models.TextField()
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return "web session"


class Secret(models.Model):
    """A key for HMACs, as its two padded forms; read by definer functions only. Two may be valid while one is
    replaced by the other."""

    purpose = models.TextField()
    inner = models.BinaryField()
    outer = models.BinaryField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(purpose__in=["context", "application"]), name="secret_purpose")
        ]

    def __str__(self) -> str:
        return f"{self.purpose} key"
