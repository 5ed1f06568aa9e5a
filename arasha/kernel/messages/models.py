"""Notices and what became of them; what the worker last did."""

import uuid

from django.db import models
from django.db.models import Q

from arasha.kernel.messages.rules import LINK


class Notice(models.Model):
    """You have work: a code and a link for a post, a unit or a user. No word about a child, and no sender:
    a sender could be the one who told."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    code = models.TextField()
    link = models.TextField()
    # Only to keep the notice from barred persons; not a foreign key, whose refusals would say what exists.
    dossier = models.UUIDField(null=True)
    user = models.ForeignKey("access.User", models.CASCADE, null=True, related_name="+", db_index=False)
    post = models.ForeignKey("access.Post", models.CASCADE, null=True, related_name="+", db_index=False)
    unit = models.ForeignKey("access.Unit", models.CASCADE, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    spread_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, post=None, unit=None)
                | Q(user=None, post__isnull=False, unit=None)
                | Q(user=None, post=None, unit__isnull=False),
                name="notice_one_recipient",
            ),
            models.CheckConstraint(condition=Q(link__regex=LINK), name="notice_link"),
        ]
        indexes = [
            models.Index("user", models.F("at").desc(), condition=Q(user__isnull=False), name="notice_user"),
            models.Index("post", models.F("at").desc(), condition=Q(post__isnull=False), name="notice_post"),
            models.Index("unit", models.F("at").desc(), condition=Q(unit__isnull=False), name="notice_unit"),
            models.Index(fields=["id"], condition=Q(spread_at=None), name="notice_not_spread"),
        ]

    def __str__(self) -> str:
        return self.code


class Reading(models.Model):
    """Somebody has read a notice; theirs alone to know."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="readings", db_index=False)
    user = models.ForeignKey("access.User", models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "user"], name="reading_once")]

    def __str__(self) -> str:
        return f"reading of {self.notice_id}"


class Mail(models.Model):
    """One notice on its way to one person's mailbox. Times are the database's clock, never the training clock."""

    id = models.BigAutoField(primary_key=True)
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="mails", db_index=False)
    user = models.ForeignKey("access.User", models.CASCADE, related_name="+", db_index=False)
    next_try_at = models.DateTimeField()
    tries = models.IntegerField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.TextField(default="", db_default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notice", "user"], name="mail_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=["", "sent", "read", "no_address", "not_meant", "refused"]),
                name="mail_outcome",
            ),
        ]
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(ended_at=None), name="mail_due"),
            models.Index(fields=["user"], condition=Q(ended_at=None), name="mail_user"),
        ]

    def __str__(self) -> str:
        return f"mail {self.pk}"


class Pulse(models.Model):
    """When a timer last ended well, by the database's clock. Framework table: no person, no child."""

    timer = models.CharField(max_length=60, primary_key=True)
    ended_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.timer
