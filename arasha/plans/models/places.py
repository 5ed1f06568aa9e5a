"""A child's place at an offering of the directory: how it stands, and the run of steps by which it came to that."""

import uuid

from django.db import models
from django.db.models import Q

from arasha.plans.rules.places import NOT_BEGUN, RUNNING, STATES


class ServicePlace(models.Model):
    """A place that a child was asked for at one offering: how it stands after the last of its steps.

    `after`: the place that it follows (refused, or to be handed over); `root`: the first of such a run, one need.
    `waits_since` is the root's asking, so that being sent on costs nobody their turn. `due_at`: until when a child of
    this urgency may wait; `told_at`: when it was last said that it waits longer. `booked_on`: the day that is agreed.
    `hand_over_at`: since when its service is known to end; `hand_over_by` its last day, never kept of a protected one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    offering = models.ForeignKey("services.Offering", models.PROTECT, related_name="+", db_index=False)
    service = models.TextField()
    root = models.ForeignKey("self", models.PROTECT, related_name="+")
    after = models.ForeignKey("self", models.PROTECT, related_name="followers", null=True)
    state = models.TextField()
    steps = models.PositiveSmallIntegerField(default=1)
    urgency = models.TextField()
    why = models.TextField(default="", blank=True)
    waits_since = models.DateTimeField()
    due_at = models.DateTimeField()
    booked_on = models.DateField(null=True)
    told_at = models.DateTimeField(null=True)
    hand_over_at = models.DateTimeField(null=True)
    hand_over_by = models.DateField(null=True)
    asked_at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="service_place_state"),
            models.CheckConstraint(condition=Q(steps__gte=1), name="service_place_steps"),
            models.UniqueConstraint(
                fields=["dossier", "offering"], condition=Q(state__in=RUNNING), name="service_place_once"
            ),
        ]
        indexes = [
            models.Index(fields=["offering", "waits_since"], condition=Q(state__in=RUNNING), name="service_place_runs"),
            models.Index(fields=["due_at"], condition=Q(state__in=NOT_BEGUN), name="service_place_due"),
            models.Index(fields=["hand_over_at"], condition=Q(state__in=RUNNING), name="service_place_ends"),
        ]

    class Journal:
        classes = dict.fromkeys(
            [
                "id",
                "dossier_id",
                "offering_id",
                "service",
                "root_id",
                "after_id",
                "state",
                "steps",
                "urgency",
                "why",
                "waits_since",
                "due_at",
                "booked_on",
                "told_at",
                "hand_over_at",
                "hand_over_by",
                "asked_at",
                "unit_id",
                "user_id",
            ],
            "code",
        )


class ServicePlaceStep(models.Model):
    """One step of a place, in its order; none ever changes. Its words lie sealed under the facet of plans.

    `on`: the day of which it speaks; `said_by`: who said so; `reason`, `done`, `result` are codes of the lists.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    place = models.ForeignKey(ServicePlace, models.PROTECT, related_name="way", db_index=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    step = models.TextField()
    at = models.DateTimeField()
    on = models.DateField(null=True)
    said_by = models.TextField(default="", blank=True)
    reason = models.TextField(default="", blank=True)
    done = models.TextField(default="", blank=True)
    result = models.TextField(default="", blank=True)
    urgency = models.TextField(default="", blank=True)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["place", "number"], name="service_place_in_order")]

    class Journal:
        classes = dict.fromkeys(
            [
                "id",
                "place_id",
                "dossier_id",
                "number",
                "step",
                "at",
                "on",
                "said_by",
                "reason",
                "done",
                "result",
                "urgency",
                "unit_id",
                "user_id",
            ],
            "code",
        ) | {"sealed": "sealed"}
