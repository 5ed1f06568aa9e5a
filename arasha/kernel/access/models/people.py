"""Users and their sessions."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


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
