"""The access log: every opening of a child's file, every export, every refused try."""

import uuid

from django.db import models

KINDS = ["open", "facet", "export", "search", "refused", "glass"]
OUTCOMES = ["shown", "alert", "stopped", "refused"]


class Look(models.Model):
    """One look. It has no foreign keys: it is written on a connection of its own and outlives what it names."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    user = models.IntegerField(null=True, db_column="user_id")
    post = models.IntegerField(null=True, db_column="post_id")
    unit = models.IntegerField(null=True, db_column="unit_id")
    dossier = models.UUIDField(null=True, db_column="dossier_id")
    kind = models.TextField()
    facet = models.SmallIntegerField(null=True)
    request = models.TextField(default="", blank=True)
    outcome = models.TextField()
    hash = models.BinaryField()
    sealed_in = models.BigIntegerField(null=True)
    # The account of another system, where no person looked.
    account = models.IntegerField(null=True, db_column="account_id")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user=None, account__isnull=False) | models.Q(account=None, user__isnull=False),
                name="look_by_whom",
            ),
            models.CheckConstraint(condition=models.Q(kind__in=KINDS), name="look_kind"),
            models.CheckConstraint(condition=models.Q(outcome__in=OUTCOMES), name="look_outcome"),
        ]
        indexes = [
            models.Index(fields=["user", "at"], name="look_user"),
            models.Index(fields=["account", "at"], condition=~models.Q(account=None), name="look_account"),
            models.Index(fields=["dossier", "at"], name="look_dossier"),
            models.Index(fields=["recorded_at"], condition=models.Q(sealed_in=None), name="look_unsealed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.outcome}"


class Budget(models.Model):
    """How many different children a user, or another system's account, looked at on a day, and what came of it."""

    user = models.ForeignKey("access.User", models.CASCADE, null=True, related_name="+")
    account = models.IntegerField(null=True, db_column="account_id")
    day = models.DateField()
    dossiers = models.IntegerField(default=0)
    alerted_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    extra = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "day"], name="budget_day"),
            models.UniqueConstraint(fields=["account", "day"], name="budget_account_day"),
            models.CheckConstraint(
                condition=models.Q(user=None, account__isnull=False) | models.Q(account=None, user__isnull=False),
                name="budget_whose",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id or self.account} {self.day}"
