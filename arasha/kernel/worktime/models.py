"""The instance's kind, its training clock, and the calendar of days that the week alone does not decide."""

from django.db import models


class InstanceKind(models.TextChoices):
    """What an installation is for. Written once; only the first two have a training clock."""

    TRAINING = "training"
    DEMONSTRATION = "demonstration"
    PRODUCTION = "production"


class Instance(models.Model):
    """The one row that says what this database is for. The database refuses to change or remove it."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    kind = models.TextField(choices=InstanceKind.choices)
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="worktime_instance_one_row"),
            models.CheckConstraint(condition=models.Q(kind__in=InstanceKind.values), name="worktime_instance_kind"),
        ]


class Clock(models.Model):
    """How many seconds the training clock is ahead of the real one. It never goes back, and not in production.

    It may begin behind, by a hundred days at most, when the instance is declared.
    """

    id = models.SmallIntegerField(primary_key=True, default=1)
    ahead_seconds = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="worktime_clock_one_row"),
            models.CheckConstraint(
                condition=models.Q(ahead_seconds__gte=-8_640_000), name="worktime_clock_not_far_behind"
            ),
        ]

    class Journal:
        classes = {"id": "code", "ahead_seconds": "code"}


class DayKind(models.TextChoices):
    """What the calendar says of a day; `ordinary` withdraws an earlier entry."""

    HOLIDAY = "holiday"
    MOVED_OFF = "moved_off"
    MOVED_WORKING = "moved_working"
    ORDINARY = "ordinary"


class Day(models.Model):
    """One entry of the calendar, valid from a moment until it is replaced; entries are never changed in place.

    `source` says where the entry comes from, `verified_by` who compared it with the Government's text (empty: nobody
    yet), `edited` that a person entered it: loading the reference again leaves such a day alone.
    """

    date = models.DateField()
    kind = models.TextField(choices=DayKind.choices)
    name_kk = models.TextField()
    name_ru = models.TextField()
    name_en = models.TextField()
    instead_of = models.DateField(null=True)
    estimated = models.BooleanField(default=False)
    source = models.TextField()
    verified_by = models.TextField(default="")
    edited = models.BooleanField(default=False)
    valid_from = models.DateTimeField(null=True)
    valid_to = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["date"], condition=models.Q(valid_to__isnull=True), name="worktime_day_one_valid"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=DayKind.values), name="worktime_day_kind"),
            models.CheckConstraint(
                condition=~models.Q(instead_of=models.F("date")), name="worktime_day_moved_from_another"
            ),
        ]
        indexes = [models.Index(fields=["date", "valid_from"], name="worktime_day_history")]

    class Journal:
        classes = {
            "id": "code",
            "date": "code",
            "kind": "code",
            "name_kk": "code",
            "name_ru": "code",
            "name_en": "code",
            "instead_of": "code",
            "estimated": "code",
            "source": "code",
            "verified_by": "code",
            "edited": "code",
            "valid_from": "code",
            "valid_to": "code",
        }
