"""A child's own application, and what became of it, turn by turn."""

import uuid

from django.db import models
from django.db.models import Q


def codes(*names: str) -> dict[str, str]:
    """Return the classes of a table whose columns hold codes."""
    return {"id": "code"} | dict.fromkeys(names, "code")


class Application(models.Model):
    """What a child asks for itself. `since`: the day on which its stage began.

    The duty of the stage is about it (`Obligation.about`).

    `sealed` holds the child's words, who must not know, and where letters go, as JSON.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    kind = models.TextField()
    stage = models.TextField(default="preparation")
    since = models.DateField()
    state = models.TextField(default="open")
    filed_at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    sealed = models.BinaryField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "granted", "dismissed", "withdrawn"]), name="own_application_state"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=["preparation", "court", "appeal"]), name="own_application_stage"
            ),
            models.UniqueConstraint(
                fields=["dossier", "kind"], condition=Q(state="open"), name="own_application_open_once"
            ),
        ]

    class Journal:
        classes = codes(*("dossier_id", "kind", "stage", "since", "state", "filed_at", "unit_id", "user_id")) | {
            "sealed": "sealed"
        }


class Turn(models.Model):
    """One thing that became of an application; none ever changes. A dismissal names who decided, and on what ground.

    `decider` is the body as it calls itself: a court has no unit here. `sealed` of a dismissal
    holds name, position, act and words; of a withdrawal the child's words.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="turns")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()
    kind = models.TextField()
    stage = models.TextField()
    at = models.DateTimeField()
    decider = models.TextField(blank=True, default="")
    ground = models.TextField(blank=True, default="")
    alone = models.BooleanField(default=False)
    pressure = models.TextField(blank=True, default="")
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["application", "number"], name="own_application_turn_numbered"),
            models.CheckConstraint(
                condition=Q(kind__in=["moved", "granted"], decider="", ground="", pressure="")
                | (Q(kind="dismissed", sealed__isnull=False, ground__in=["age", "merits", "form"]) & ~Q(decider=""))
                | Q(kind="withdrawn", alone=True, sealed__isnull=False, pressure__in=["no", "yes", "doubt"]),
                name="own_application_turn_decided_by_somebody",
            ),
        ]

    class Journal:
        classes = codes(
            *("application_id", "dossier_id", "number", "kind", "stage", "at", "ground", "alone"),
            *("pressure", "unit_id", "user_id"),
        ) | {"decider": "personal", "sealed": "sealed"}
