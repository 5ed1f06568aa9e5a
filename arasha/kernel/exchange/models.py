"""Accounts of other systems, their tokens and webhooks, and the answers kept for those who ask twice."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from arasha.kernel.exchange.rules.scopes import SCOPES

ADDRESS = r"^https?://[^\s#]+$"
OUTCOMES = ["", "delivered", "dead", "dropped"]


def _codes(*columns: str) -> dict[str, str]:
    return dict.fromkeys(columns, "code")


class Account(models.Model):
    """Another system that acts for one unit. Proposed by one person and confirmed by another; ended, never removed.

    `functions` narrows the unit's functions as a post's do; `networks` are the addresses it may come from, all when
    there is none.
    """

    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    name = models.TextField()
    scopes = ArrayField(models.TextField())
    functions = ArrayField(models.TextField())
    networks = ArrayField(models.TextField(), default=list)
    proposed_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes(
            "id",
            "unit_id",
            "name",
            "scopes",
            "functions",
            "networks",
            "proposed_by_id",
            "proposed_at",
            "confirmed_by_id",
            "confirmed_at",
            "ended_at",
        )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(name__regex=r"^.{1,200}$"), name="account_name"),
            models.CheckConstraint(condition=Q(scopes__contained_by=SCOPES), name="account_scopes"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="account_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=models.F("proposed_by")), name="account_by_two"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Token(models.Model):
    """A token, of which the database knows the SHA-256. Clocks here are the database's, never the training clock."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    account = models.ForeignKey(Account, models.PROTECT, related_name="tokens")
    hash = models.BinaryField(unique=True)
    issued_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    # A day, never a moment, and never the day of a report: it would say who told (docs/decisions/0017).
    used_on = models.DateField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class KeptAnswer(models.Model):
    """The answer to a request that may be sent again. Nothing here names account, unit or file (decision 17)."""

    key = models.BinaryField(primary_key=True)
    request = models.BinaryField()
    answer = models.BinaryField()
    kept_until = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return "kept answer"


class Event(models.Model):
    """Which act tells whom what: reference data, `data/events.csv`."""

    verb = models.TextField()
    event = models.TextField()
    told = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["verb", "event", "told"], name="event_once"),
            models.CheckConstraint(condition=Q(told__in=["unit", "rungs", "lead"]), name="event_told"),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.event}"


class Subscription(models.Model):
    """Where an account wants to be told of which events. Changed by ending it and making another."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    address = models.TextField()
    events = ArrayField(models.TextField())
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.TextField(default="", blank=True)

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes(
            "id", "account_id", "address", "events", "made_at", "ended_at", "ended_why"
        )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(address__regex=ADDRESS), name="subscription_address"),
            models.CheckConstraint(condition=Q(ended_why__in=["", "ended", "failing"]), name="subscription_why"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class SigningKey(models.Model):
    """The secret that a subscription's messages are signed with, sealed by the application, and how it fares."""

    subscription = models.OneToOneField(Subscription, models.PROTECT, primary_key=True, related_name="key")
    sealed = models.BinaryField()
    failing_since = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return "signing key"


class Delivery(models.Model):
    """One event on its way to one subscription: a code and a random id. `dossier` keeps it from the barred."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="+", db_index=False)
    event = models.TextField()
    subject = models.UUIDField()
    dossier = models.UUIDField()
    at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.IntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    outcome = models.TextField(default="", blank=True)
    status = models.SmallIntegerField(null=True)
    fault = models.TextField(default="", blank=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(outcome__in=OUTCOMES), name="delivery_outcome")]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(ended_at=None), name="delivery_due"),
            models.Index(fields=["subscription", "at"], name="delivery_of"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.id}"
