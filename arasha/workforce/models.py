"""Leave of workers, the notes with which cases are handed over, and since when somebody's load is over the limit."""

import uuid

from django.db import models
from django.db.models import F, Q


class Leave(models.Model):
    """From which day to which day a worker is away, and who of the same unit stands in.

    `state`: planned, running (cases were handed over), ended (they came back), cancelled before it began.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    worker = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    substitute = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    first_on = models.DateField()
    last_on = models.DateField()
    state = models.CharField(max_length=12, default="planned")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)

    class Journal:
        classes = dict.fromkeys(
            ["id", "unit_id", "worker_id", "substitute_id", "first_on", "last_on", "state", "made_at", "made_by_id"],
            "code",
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["planned", "running", "ended", "cancelled"]), name="leave_state_known"
            ),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="leave_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(worker=F("substitute")), name="leave_substitute_is_another"),
        ]
        indexes = [models.Index(fields=["state", "first_on"], name="leave_due")]


class Handover(models.Model):
    """One case of a leave: what is due next, what the child fears, what must not be done; and who has it meanwhile.

    `sealed` is empty where nobody wrote anything. `stays`: it does not come back after the leave. `given_to` is set
    by the clock on the first day, and `back_at` on the day after the last.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    leave = models.ForeignKey(Leave, models.PROTECT, related_name="+")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    revision = models.PositiveSmallIntegerField(default=0)
    stays = models.BooleanField(default=False)
    sealed = models.BinaryField(default=bytes)
    written_by = models.ForeignKey("access.User", models.PROTECT, related_name="+", null=True, db_index=False)
    given_to = models.ForeignKey("access.User", models.PROTECT, related_name="+", null=True, db_index=False)
    given_at = models.DateTimeField(null=True)
    back_at = models.DateTimeField(null=True)

    class Journal:
        classes = {
            **dict.fromkeys(
                [
                    "id",
                    "leave_id",
                    "dossier_id",
                    "revision",
                    "stays",
                    "written_by_id",
                    "given_to_id",
                    "given_at",
                    "back_at",
                ],
                "code",
            ),
            "sealed": "sealed",
        }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["leave", "dossier"], name="handed_over_once_a_leave")]


class Overload(models.Model):
    """That a worker's load is over the limit of the unit, since when and until when; one row a crossing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    worker = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Journal:
        classes = dict.fromkeys(["id", "unit_id", "worker_id", "since", "until"], "code")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "worker"], condition=Q(until=None), name="overload_open_once")
        ]


class Supervision(models.Model):
    """A session of a worker with who supervises them: when, and whether it was kept. Not what was said in it.

    `state`: planned, kept, moved (another session `follows` it) or missed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    worker = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    supervisor = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    state = models.CharField(max_length=12, default="planned")
    follows = models.OneToOneField("self", models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    reminded_at = models.DateTimeField(null=True)

    class Journal:
        classes = dict.fromkeys(
            [
                "id",
                "unit_id",
                "worker_id",
                "supervisor_id",
                "starts_at",
                "state",
                "follows_id",
                "made_at",
                "made_by_id",
                "reminded_at",
            ],
            "code",
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["planned", "kept", "moved", "missed"]), name="supervision_state_known"
            ),
            models.CheckConstraint(condition=~Q(worker=F("supervisor")), name="supervision_is_of_two"),
        ]
        indexes = [models.Index(fields=["state", "starts_at"], name="supervision_due")]


class Reflection(models.Model):
    """What one of the two wrote of a session, for these two alone; it lies in no child's file and never changes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Supervision, models.PROTECT, related_name="+")
    writer = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    written_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Journal:
        classes = {**dict.fromkeys(["id", "session_id", "writer_id", "written_at"], "code"), "sealed": "sealed"}
