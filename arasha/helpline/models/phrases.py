"""Ready phrases: the country's, a unit's, an operator's own; each earlier wording is kept."""

import uuid

from django.db import models


class Phrase(models.Model):
    """One phrase: its short key, theme and the number of its present wording. It holds nothing about anybody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    level = models.CharField(max_length=8)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", null=True)
    owner = models.ForeignKey("access.User", models.PROTECT, related_name="+", null=True)
    key = models.CharField(max_length=24)
    theme = models.CharField(max_length=16)
    version = models.PositiveIntegerField(default=1)
    verified_by = models.CharField(max_length=120, blank=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level="country", unit=None, owner=None)
                | models.Q(level="unit", unit__isnull=False, owner=None)
                | models.Q(level="own", unit=None, owner__isnull=False),
                name="phrase_level_known",
            ),
            models.UniqueConstraint(
                fields=["unit", "owner", "key"],
                condition=models.Q(retired_at=None),
                name="phrase_key_once",
                nulls_distinct=False,
            ),
        ]


class PhraseVersion(models.Model):
    """One wording of a phrase. It is never changed: a new one is put beside it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    phrase = models.ForeignKey(Phrase, models.CASCADE, related_name="versions")
    version = models.PositiveIntegerField()
    words_kk = models.CharField(max_length=600, blank=True)
    words_ru = models.CharField(max_length=600, blank=True)
    words_en = models.CharField(max_length=600, blank=True)
    post = models.ForeignKey("access.Post", models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["phrase", "version"], name="phrase_version_once")]


class PhraseUse(models.Model):
    """How often a unit used a phrase in a day: a sum. Nobody's name, no contact."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    phrase = models.ForeignKey(Phrase, models.PROTECT, related_name="+")
    day = models.DateField()
    times = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "phrase", "day"], name="phrase_use_once")]
