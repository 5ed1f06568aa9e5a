"""The dossier: its team, its bars, and what was opened by break-glass."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

# Reasons are codes: free words about a child would stand in the journal for ever.
REASON = r"^[a-z][a-z0-9_]{0,62}$"
PARTS = ["lead", "partner", "obliged", "overseeing", "informed", "granted"]


class Dossier(models.Model):
    """The container of access. The arrays are kept by a trigger on the team and are what lists are found by."""

    class Journal:
        classes = {
            "id": "code",
            "kind": "code",
            "opened_at": "code",
            "closed_at": "code",
            "access_units": "code",
            "access_users": "code",
            "access_until": "code",
            "opened_mark": "code",
            "lead_unit_id": "code",
            "territory_id": "code",
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.TextField()
    territory = models.ForeignKey("territory.Territory", models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    lead_unit = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    access_units = ArrayField(models.IntegerField(), default=list)
    access_users = ArrayField(models.IntegerField(), default=list)
    access_until = models.DateTimeField(null=True)
    opened_mark = models.TextField()

    class Meta:
        indexes = [
            GinIndex(fields=["access_units"], name="dossier_units"),
            GinIndex(fields=["access_users"], name="dossier_users"),
            models.Index(F("lead_unit"), F("opened_at").desc(), name="dossier_lead"),
            models.Index(F("territory"), F("opened_at").desc(), name="dossier_place"),
            models.Index(fields=["access_until"], condition=~Q(access_until=None), name="dossier_until"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Member(models.Model):
    """A unit's or a user's part in a dossier, for a time, with the facets it may read and write."""

    class Journal:
        classes = {
            "id": "code",
            "part": "code",
            "reads": "code",
            "writes": "code",
            "since": "code",
            "until": "code",
            "ended_at": "code",
            "reason": "code",
            "dossier_id": "code",
            "unit_id": "code",
            "user_id": "code",
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="members", db_index=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    part = models.TextField()
    reads = models.BigIntegerField()
    writes = models.BigIntegerField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None, user__isnull=False) | Q(user=None, unit__isnull=False),
                name="member_unit_or_user",
            ),
            models.CheckConstraint(condition=Q(part__in=PARTS), name="member_part"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="member_period"),
            models.CheckConstraint(condition=Q(reason="") | Q(reason__regex=REASON), name="member_reason"),
        ]
        indexes = [
            # Covering: a content row's policy looks its team up here, and an index-only scan is what it should cost.
            models.Index(
                fields=["dossier", "unit", "user"],
                include=["reads", "writes", "until"],
                condition=Q(ended_at=None),
                name="member_team",
            ),
            models.Index(F("unit"), F("since").desc(), condition=Q(ended_at=None), name="member_unit"),
            models.Index(fields=["unit"], condition=Q(ended_at=None, reason="referral"), name="member_limited"),
            models.Index(
                F("user"), F("since").desc(), condition=Q(ended_at=None, user__isnull=False), name="member_user"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part} of {self.dossier_id}"


class Bar(models.Model):
    """To this person, or to this body's staff, the dossier does not exist."""

    class Journal:
        classes = {
            "id": "code",
            "since": "code",
            "ended_at": "code",
            "reason": "code",
            "body_id": "code",
            "dossier_id": "code",
            "user_id": "code",
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="bars")
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    body = models.ForeignKey("access.Body", models.PROTECT, null=True, related_name="+")
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    reason = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(user=None, body__isnull=False) | Q(body=None, user__isnull=False), name="bar_user_or_body"
            ),
            models.CheckConstraint(condition=Q(reason__regex=REASON), name="bar_reason"),
        ]

    def __str__(self) -> str:
        return f"bar on {self.dossier_id}"


class Glass(models.Model):
    """A dossier opened by breaking the glass: why, until when, and what the reviewer said."""

    class Journal:
        classes = {
            "id": "code",
            "reason": "code",
            "opened_at": "code",
            "until": "code",
            "review_due": "code",
            "reviewed_at": "code",
            "justified": "code",
            "dossier_id": "code",
            "lead_unit_id": "code",
            "post_id": "code",
            "reviewed_by_id": "code",
            "user_id": "code",
            "watching_unit_id": "code",
        }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="+")
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    post = models.ForeignKey("access.Post", models.PROTECT, related_name="+")
    reason = models.TextField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    lead_unit = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+")
    watching_unit = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+")
    review_due = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    justified = models.BooleanField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(reason__regex=REASON), name="glass_reason")]
        indexes = [models.Index(fields=["user"], name="glass_user")]

    def __str__(self) -> str:
        return f"glass on {self.dossier_id}"
