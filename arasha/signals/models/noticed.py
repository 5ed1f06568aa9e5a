"""What a rule noticed about a child, until a person has read it."""

import uuid

from django.db import models


class Noticed(models.Model):
    """One child, one rule, one occasion. It is no signal, and nobody but its readers is told of it.

    `unit` reads it where the file's own lead does not (a register: who coordinates the place); else who leads the
    file does, and of a sealed facet whom it was granted to. `count` and the two days are what the rule counted: of a
    sealed facet the days are left out.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    person = models.ForeignKey("people.Person", models.PROTECT, related_name="+")
    facet = models.SmallIntegerField()
    rule = models.CharField(max_length=32)
    version = models.PositiveSmallIntegerField()
    count = models.PositiveSmallIntegerField()
    first_day = models.DateField(null=True)
    last_day = models.DateField(null=True)
    at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=16, default="unread")
    reason = models.CharField(max_length=32, blank=True, default="")
    by_unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="unread", reason="", decided_at=None)
                | models.Q(state="signal", reason="", decided_at__isnull=False)
                | (models.Q(state="dismissed", decided_at__isnull=False) & ~models.Q(reason="")),
                name="noticed_decided_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["dossier"], name="noticed_of_file"),
            models.Index(fields=["unit", "at"], name="noticed_of_unit", condition=models.Q(unit__isnull=False)),
        ]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "person_id": "code",
            "facet": "code",
            "rule": "code",
            "version": "code",
            "count": "code",
            "first_day": "code",
            "last_day": "code",
            "at": "code",
            "unit_id": "code",
            "state": "code",
            "reason": "code",
            "by_unit_id": "code",
            "decided_at": "code",
        }


class NoticedFact(models.Model):
    """What was counted, as halves of keyed hashes, so that nothing is noticed twice, and in which files it stands.

    No role of the application reads it: who reads one file does not learn of another.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    noticed = models.ForeignKey("signals.Noticed", models.PROTECT, related_name="+")
    # None: the row says that this file took part in what was counted.
    key = models.UUIDField(null=True)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", null=True)

    class Journal:
        classes = {"id": "code", "noticed_id": "code", "key": "code", "dossier_id": "code"}
