"""What nobody did for a child: watched by rules, noticed once, and ended by itself when somebody acts."""

import uuid

from django.db import models
from django.db.models import Q


class SilenceLimit(models.Model):
    """After how many days a rule's silence is noticed at a level of risk; reference data, `data/silences.csv`."""

    pk = models.CompositePrimaryKey("rule", "level")
    rule = models.TextField()
    level = models.TextField()
    days = models.SmallIntegerField()


class SilenceRule(models.Model):
    """From when until when a rule holds; for what happens too often: how often within how many days, and which counts.

    `longest_days`: what lasted longer does not count. Reference data, `data/silences.csv`.
    """

    rule = models.TextField(primary_key=True)
    times = models.SmallIntegerField(null=True)
    within_days = models.SmallIntegerField(null=True)
    longest_days = models.SmallIntegerField(null=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)


class Watch(models.Model):
    """Since when a rule's silence lasts in a file, until when it can last at all, and when it is to be noticed.

    Made from the file by functions of the database alone, so that time alone needs no reading of files. `noticed`: a
    silence stands beside it that has not ended. From `answer_at` on whoever leads the case owes saying what is done;
    `answered` and `answered_at`: how pressing it was when that was last asked for. `place`: where the board counts it.
    """

    pk = models.CompositePrimaryKey("dossier", "rule")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    rule = models.TextField()
    level = models.TextField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    noticed = models.BooleanField(default=False)
    answer_at = models.DateTimeField(null=True)
    answered = models.SmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    place = models.TextField(default="")

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(noticed=False), name="watch_due"),
            models.Index(fields=["answer_at"], condition=Q(noticed=True), name="watch_answered"),
            models.Index(fields=["place", "rule"], include=["since"], condition=Q(noticed=True), name="watch_of_place"),
        ]


class IdleVerb(models.Model):
    """An act that is nobody's work for the child: the clock's, or a look; reference data, of `data/verbs.csv`."""

    verb = models.TextField(primary_key=True)


class WatchMark(models.Model):
    """Up to which act of the journal files were looked at; one row."""

    id = models.SmallIntegerField(primary_key=True)
    act = models.BigIntegerField()


class Silence(models.Model):
    """One silence of a file that was noticed, under the facet of what it tells. `sealed`: why it is muted, in words.

    It says nothing of the file's risk: who reads that nobody saw the child need not read how high it is judged.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    facet = models.SmallIntegerField()
    rule = models.TextField()
    since = models.DateTimeField()
    noticed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    muted_at = models.DateTimeField(null=True)
    muted_until = models.DateField(null=True)
    mute_reason = models.TextField(default="", blank=True)
    muted_by = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    muter = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    sealed = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier", "rule"], condition=Q(ended_at=None), name="silence_one"),
            models.CheckConstraint(
                condition=Q(muted_until=None) | Q(mute_reason__gt="", sealed__isnull=False), name="silence_muted_why"
            ),
        ]
        indexes = [models.Index(fields=["dossier"], condition=Q(ended_at=None), name="silence_open")]

    class Journal:
        classes = dict.fromkeys(
            [
                *("id", "dossier_id", "facet", "rule", "since", "noticed_at", "ended_at", "muted_at"),
                *("muted_until", "mute_reason", "muted_by_id", "muter_id"),
            ],
            "code",
        ) | {"sealed": "sealed"}
