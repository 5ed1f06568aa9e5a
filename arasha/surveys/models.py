"""A survey of one class, its unused slips, and what was told of it.

An answer is in no table before its survey is closed. `Slip` and `Answer` are definer functions' alone and journalled
nowhere: a journal of them would say when each pupil answered.
"""

import uuid

from django.db import models


class Survey(models.Model):
    """One class that is asked once. `public` is the half that its envelopes are sealed to; the other is in its file.

    `state`: begun (slips may be printed), open (pupils answer), closed. `outcome` and `split`: `rules.Decision`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    called = models.CharField(max_length=12)
    questionnaire = models.CharField(max_length=32)
    version = models.SmallIntegerField()
    age = models.CharField(max_length=8)
    language = models.CharField(max_length=2)
    enrolment = models.SmallIntegerField()
    breakdown = models.CharField(max_length=8)
    slips = models.SmallIntegerField(default=0)
    public = models.BinaryField(default=b"")
    state = models.CharField(max_length=8, default="begun")
    outcome = models.CharField(max_length=16, blank=True, default="")
    split = models.CharField(max_length=16, blank=True, default="")
    recorded_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-recorded_at"], name="survey_of_unit"),
            models.Index(fields=["ends_at"], name="survey_due", condition=~models.Q(state="closed")),
        ]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "unit_id": "code",
            "called": "personal",
            "questionnaire": "code",
            "version": "code",
            "age": "code",
            "language": "code",
            "enrolment": "code",
            "breakdown": "code",
            "slips": "code",
            "public": "code",
            "state": "code",
            "outcome": "code",
            "split": "code",
            "recorded_at": "code",
            "opened_at": "code",
            "ends_at": "code",
            "closed_at": "code",
        }


class Release(models.Model):
    """What was told of a class, or of its girls or boys: coarse shares that never change. `group` "" is everybody.

    `answers` is the lower end of a band of five. `figures`: question → choice → code of a share, or the reason why not.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="releases")
    group = models.CharField(max_length=8, blank=True)
    answers = models.SmallIntegerField()
    figures = models.JSONField()
    released_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "group"], name="released_once")]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "survey_id": "code",
            "group": "code",
            "answers": "code",
            "figures": "code",
            "released_at": "code",
        }


class Slip(models.Model):
    """The keyed hash of a number that was printed and not used yet; who uses it takes the row away."""

    hash = models.BinaryField(primary_key=True)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="+")


class Answer(models.Model):
    """One answer to one question of a released survey. Nothing says which answers one pupil gave."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="+")
    group = models.CharField(max_length=8, blank=True)
    question = models.CharField(max_length=32)
    choice = models.CharField(max_length=32)
