"""Calls as a telephone exchange tells them, and whose line is whose.

`Call` and `CallEvent` are a machine's own record: nobody acts while it is written, and it names nobody. The contact
that comes of an answered call is journalled as every other.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Extension(models.Model):
    """A line of the exchange and the post that sits at it for a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    number = models.CharField(max_length=20)
    post = models.ForeignKey("access.Post", models.PROTECT, related_name="+")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], condition=models.Q(until=None), name="extension_once"),
            models.CheckConstraint(
                condition=models.Q(number__regex=r"^[0-9A-Za-z_.+*#]{1,20}$"), name="extension_said"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="extension_ends"
            ),
        ]
        indexes = [models.Index(fields=["unit", "number", "since"], name="extension_of_unit")]

    class Journal:
        classes = {
            "id": "code",
            "unit_id": "code",
            "number": "code",
            "post_id": "code",
            "since": "code",
            "until": "code",
        }


class Call(models.Model):
    """One call as its events tell it together (`rules.calls`). `external`, for 30 days, is the exchange's number of it.

    Moments are by our clock, lengths (milliseconds) by the exchange's; a length is NULL where an event is missing.
    `mark` tells calls of one line on one day apart and is taken away when the day is over. `due` while something must
    still be done: make its contact, lead it on, or close it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    account = models.ForeignKey("exchange.Account", models.PROTECT, related_name="+")
    external = models.CharField(max_length=64)
    state = models.CharField(max_length=8)
    outcome = models.CharField(max_length=12, blank=True)
    began_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    heard_at = models.DateTimeField()
    queue = models.CharField(max_length=40, blank=True)
    extension = models.CharField(max_length=20, blank=True)
    answered_by = models.CharField(max_length=20, blank=True)
    ended_by = models.CharField(max_length=12, blank=True)
    wait = models.BigIntegerField(null=True)
    talk = models.BigIntegerField(null=True)
    held = models.BigIntegerField(default=0)
    transfers = models.PositiveSmallIntegerField(default=0)
    conference = models.BooleanField(default=False)
    gaps = ArrayField(models.CharField(max_length=20), default=list)
    wished = models.BooleanField(default=False)
    mark = models.BinaryField(null=True)
    repeat = models.BooleanField(null=True)
    contact = models.ForeignKey("helpline.Contact", models.PROTECT, related_name="+", null=True)
    due = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "external"], name="call_once")]
        indexes = [
            models.Index(fields=["unit", "began_at"], name="call_of_unit"),
            models.Index(fields=["heard_at"], name="call_due", condition=models.Q(due=True)),
            models.Index(fields=["account", "heard_at"], name="call_going_on", condition=~models.Q(state="over")),
            models.Index(fields=["mark"], name="call_marked", condition=models.Q(mark__isnull=False)),
            models.Index(fields=["contact"], name="call_of_contact", condition=models.Q(contact__isnull=False)),
        ]


class CallEvent(models.Model):
    """One event as it came; `at` is the exchange's clock, `correction` (seconds) what sets it right."""

    id = models.BigAutoField(primary_key=True)
    call = models.ForeignKey(Call, models.CASCADE, related_name="events")
    name = models.CharField(max_length=64)
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    correction = models.IntegerField(default=0)
    queue = models.CharField(max_length=40, blank=True)
    extension = models.CharField(max_length=20, blank=True)
    by = models.CharField(max_length=12, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["call", "name"], name="call_event_once")]


class CallNumber(models.Model):
    """The number of a call that nobody answered, sealed, from its end until its call-back is made: seconds."""

    call = models.OneToOneField(Call, models.CASCADE, related_name="number", primary_key=True)
    sealed = models.BinaryField()


class DaySalt(models.Model):
    """What a day's marks of lines are made with. When the day is over it is gone, and with it any way back."""

    day = models.DateField(primary_key=True)
    salt = models.BinaryField()
