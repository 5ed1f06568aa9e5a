"""Rosters: who of a unit is on duty when, with a telephone. Names and numbers of people at work, never of a child."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from arasha.administration.rules.roster import Kind

# As `ui.rules.phones.normal` writes them.
PHONE = r"^(\+7[0-9]{10}(;ext=[0-9]{1,7})?|[0-9]{3,4})$"
PERSONAL = {"name": "personal", "phone": "personal"}


class RosterLine(models.Model):
    """Somebody's hours on one weekday, every week, in [since, until). Ended, never removed: who was there stays known.

    Name and telephone are personal: the journal holds commitments, and an erasure by the row's id forgets them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    weekday = models.SmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    name = models.TextField()
    phone = models.TextField()
    deputy = models.BooleanField(default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Journal:
        classes: ClassVar[dict[str, str]] = PERSONAL | dict.fromkeys(
            ("id", "unit_id", "weekday", "starts", "ends", "deputy", "since", "until"), "code"
        )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="rosterline_weekday"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="rosterline_period"),
            models.CheckConstraint(condition=Q(phone__regex=PHONE), name="rosterline_phone"),
            models.CheckConstraint(condition=Q(name__regex=r"^.{1,200}$"), name="rosterline_name"),
        ]
        indexes = [models.Index(fields=["unit", "until"], name="rosterline_unit")]

    def __str__(self) -> str:
        return str(self.id)


class RosterChange(models.Model):
    """What differs from a unit's week between two moments: somebody else, somebody more, or nobody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    kind = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    name = models.TextField(default="", blank=True)
    phone = models.TextField(default="", blank=True)
    deputy = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)

    class Journal:
        classes: ClassVar[dict[str, str]] = PERSONAL | dict.fromkeys(
            ("id", "unit_id", "kind", "starts_at", "ends_at", "deputy", "withdrawn_at"), "code"
        )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="rosterchange_kind"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="rosterchange_period"),
            models.CheckConstraint(
                condition=Q(kind=Kind.NOBODY.value, name="", phone="")
                | Q(~Q(kind=Kind.NOBODY.value), phone__regex=PHONE, name__regex=r"^.{1,200}$"),
                name="rosterchange_who",
            ),
        ]
        indexes = [models.Index(fields=["unit", "ends_at"], name="rosterchange_unit")]

    def __str__(self) -> str:
        return str(self.id)
