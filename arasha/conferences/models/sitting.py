"""A sitting and its agenda: the sitting names no child, each item is one file's, for who reads that file."""

import uuid

from django.db import models
from django.db.models import Q


def codes(*columns: str) -> dict[str, str]:
    """Return the journal's classes of columns that hold codes, ids, days and numbers."""
    return dict.fromkeys(("id", *columns), "code")


class Sitting(models.Model):
    """A meeting that a unit holds: when, where, of which kind. No word of it is about a child.

    `number` counts the unit's sittings. `urgent`: it was called at once, and its items don't wait for a quorum.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.TextField()
    at = models.DateTimeField()
    place = models.TextField(blank=True, default="")
    link = models.TextField(blank=True, default="")
    urgent = models.BooleanField(default=False)
    state = models.TextField(default="planned")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["planned", "held", "called_off"]), name="sitting_state"),
            models.CheckConstraint(
                condition=Q(state="planned", ended_at=None) | (~Q(state="planned") & Q(ended_at__isnull=False)),
                name="sitting_ended_when",
            ),
            models.UniqueConstraint(fields=["unit", "number"], name="sitting_numbered"),
        ]
        indexes = [models.Index(fields=["unit", "-at"], name="sitting_of_unit")]

    class Journal:
        classes = codes(
            *("unit_id", "number", "kind", "at", "place", "link", "urgent", "state", "made_at", "ended_at", "user_id")
        )


class Item(models.Model):
    """One file on the agenda of one sitting. `reason`: why it stands there; `left_out`: why it was left out.

    `counted`, `present`, `needed`: the quorum when something was decided last; `without_quorum`: something was urgent
    and did not wait.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    sitting = models.ForeignKey(Sitting, models.PROTECT, related_name="items", db_index=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()
    reason = models.TextField()
    urgent = models.BooleanField(default=False)
    state = models.TextField(default="on")
    left_out = models.TextField(blank=True, default="")
    counted = models.PositiveSmallIntegerField(null=True)
    present = models.PositiveSmallIntegerField(null=True)
    needed = models.PositiveSmallIntegerField(null=True)
    without_quorum = models.BooleanField(default=False)
    put_at = models.DateTimeField()
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["on", "decided", "put_off", "left_out"]), name="conference_item_state"
            ),
            models.CheckConstraint(
                condition=(Q(state__in=["left_out", "put_off"]) & ~Q(left_out=""))
                | (Q(state__in=["on", "decided"]) & Q(left_out="")),
                name="conference_item_left_out_why",
            ),
            models.UniqueConstraint(fields=["sitting", "dossier"], name="conference_item_once"),
        ]

    class Journal:
        classes = codes(
            *("sitting_id", "dossier_id", "unit_id", "place", "reason", "urgent", "state", "left_out"),
            *("counted", "present", "needed", "without_quorum", "put_at", "user_id"),
        )


class Seat(models.Model):
    """A unit that is invited to an item, and whether it came. `reason`: why it did not, or why it steps aside."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(Item, models.PROTECT, related_name="seats", db_index=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    standing = models.TextField(default="invited")
    reason = models.TextField(blank=True, default="")
    marked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(standing__in=["invited", "present", "represented", "absent", "aside"]),
                name="conference_seat_standing",
            ),
            models.CheckConstraint(
                condition=(Q(standing__in=["absent", "aside"]) & ~Q(reason=""))
                | (~Q(standing__in=["absent", "aside"]) & Q(reason="")),
                name="conference_seat_why",
            ),
            models.UniqueConstraint(fields=["item", "unit"], name="conference_seat_once"),
        ]

    class Journal:
        classes = codes("item_id", "dossier_id", "unit_id", "standing", "reason", "marked_at")


class Secretary(models.Model):
    """The post that keeps a unit's minutes, and alone opens the commission's copy; the newest counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey("access.Post", models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveIntegerField()
    since = models.DateTimeField()
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "number"], name="secretary_numbered")]

    class Journal:
        classes = codes("unit_id", "post_id", "number", "since", "user_id")


class Wish(models.Model):
    """That who leads a file wishes it to be put before a unit's conference; the next item of it answers the wish."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    by = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    urgent = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    sealed = models.BinaryField(null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "asked_at"], name="conference_wish_of_unit")]

    class Journal:
        classes = codes("dossier_id", "unit_id", "by_id", "urgent", "asked_at", "user_id") | {"sealed": "sealed"}
