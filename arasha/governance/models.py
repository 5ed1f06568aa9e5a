"""Pilots: what each one is, its run of steps, and who was reminded when. Rows are only ever added."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

STEPS = ("entered", "changed", "evaluated", "extended", "decided", "corrected")
RUNGS = ("half_year", "quarter", "month", "ended")


def _codes(text: str) -> dict[str, str]:
    return dict.fromkeys(text.split(), "code")


class Pilot(models.Model):
    """One pilot; `unit` is the coordination that entered it. What it is stands in descriptions, the last one counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    entered_by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    entered_at = models.DateTimeField()

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes("id unit_id entered_by_id entered_at")

    def __str__(self) -> str:
        return str(self.id)


class Step(models.Model):
    """One thing that happened to a pilot, in order of `number`. `said`: an evaluation's result, else the reason.

    `until`: the money's last day from then on. `afterwards`: what happens to those who are served. A step of kind
    `corrected` names the step that it corrects: with `until` that was the true day, without it the step is taken back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="steps", db_index=False)
    number = models.IntegerField()
    kind = models.TextField()
    on = models.DateField()
    evaluator = models.TextField(default="", blank=True)
    said = models.TextField(default="", blank=True)
    document = models.TextField()
    until = models.DateField(null=True)
    decision = models.TextField(default="", blank=True)
    afterwards = models.TextField(default="", blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    entered_by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    entered_at = models.DateTimeField()

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes(
            "id pilot_id number kind on evaluator said document until decision afterwards corrects_id unit_id"
            " entered_by_id entered_at"
        )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pilot", "number"], name="pilot_step_number"),
            models.CheckConstraint(condition=Q(kind__in=STEPS), name="pilot_step_kind"),
            models.CheckConstraint(
                condition=Q(kind="entered", number=1) | ~Q(kind="entered") & Q(number__gt=1), name="pilot_step_first"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["entered", "extended"], until__isnull=False)
                | Q(kind="corrected")
                | Q(kind__in=["changed", "evaluated", "decided"], until=None),
                name="pilot_step_until",
            ),
            models.CheckConstraint(
                condition=Q(kind="corrected", corrects__isnull=False) | ~Q(kind="corrected") & Q(corrects=None),
                name="pilot_step_corrects",
            ),
            models.CheckConstraint(
                condition=Q(kind="decided", decision__in=["scale", "hand_over", "stop"])
                | ~Q(kind="decided") & Q(decision=""),
                name="pilot_step_decision",
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=["hand_over", "stop"]) | ~Q(afterwards=""), name="pilot_step_afterwards"
            ),
            models.CheckConstraint(
                condition=~Q(document="") & (Q(kind="entered") | ~Q(said="")), name="pilot_step_why"
            ),
            models.CheckConstraint(condition=~Q(kind="evaluated") | ~Q(evaluator=""), name="pilot_step_evaluator"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Description(models.Model):
    """What a pilot is, as the step says that entered or changed it. `amount`: tenge, NULL where nobody knows it.

    `territories`: KATO codes; `unit` answers for it; `offerings`: ids of the directory that its money pays for, never
    protected ones. `serves`: whom, in words; `children`: how many, NULL where nobody knows.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="descriptions")
    step = models.OneToOneField(Step, models.PROTECT, related_name="description")
    title_kk = models.TextField()
    title_ru = models.TextField(default="", blank=True)
    title_en = models.TextField(default="", blank=True)
    aim_kk = models.TextField(default="", blank=True)
    aim_ru = models.TextField(default="", blank=True)
    aim_en = models.TextField(default="", blank=True)
    territories = ArrayField(models.TextField())
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    money = models.TextField()
    amount = models.BigIntegerField(null=True)
    first_day = models.DateField()
    children = models.IntegerField(null=True)
    serves = models.TextField()
    offerings = ArrayField(models.UUIDField(), default=list)

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes(
            "id pilot_id step_id title_kk title_ru title_en aim_kk aim_ru aim_en territories unit_id money amount"
            " first_day children serves offerings"
        )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(title_kk=""), name="pilot_title"),
            models.CheckConstraint(condition=~Q(aim_kk="", aim_ru="", aim_en=""), name="pilot_aim"),
            models.CheckConstraint(condition=Q(territories__len__gte=1), name="pilot_somewhere"),
            models.CheckConstraint(condition=Q(amount=None) | Q(amount__gte=0), name="pilot_amount"),
            models.CheckConstraint(condition=Q(children=None) | Q(children__gte=0), name="pilot_children"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Reminder(models.Model):
    """That a rung of the reminders was told, counted from the step of this number; once for each."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="reminders", db_index=False)
    since = models.IntegerField()
    rung = models.TextField()
    told_at = models.DateTimeField()

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes("id pilot_id since rung told_at")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pilot", "since", "rung"], name="pilot_reminded_once"),
            models.CheckConstraint(condition=Q(rung__in=RUNGS), name="pilot_rung"),
        ]

    def __str__(self) -> str:
        return str(self.id)
