"""Who agreed that a body reads a child's file, and what is shared on it or without it."""

import uuid

from django.db import models
from django.db.models import Q


class Consent(models.Model):
    """An answer to the question whether a unit may read: given, refused, or not asked with the reason.

    `person`: the child or an adult of the file; None for a representative. `facets`: a mask. `sealed`: the witness and
    what the child wishes. The answer never changes; that it ended is added.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    answer = models.TextField()
    giver = models.TextField()
    person = models.ForeignKey("people.Person", models.PROTECT, null=True, related_name="+")
    purposes = models.TextField(blank=True, default="")
    facets = models.BigIntegerField(default=0)
    until = models.DateField(null=True)
    way = models.TextField(blank=True, default="")
    explained = models.BooleanField(default=False)
    why = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    from_unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    sealed = models.BinaryField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.TextField(blank=True, default="")
    reminded_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(answer__in=["given", "refused", "not_asked"]), name="consent_answer"),
            models.CheckConstraint(
                condition=~Q(answer="given") | (Q(until__isnull=False) & ~Q(facets=0)), name="consent_bounded"
            ),
            models.CheckConstraint(condition=Q(ended_at=None) | ~Q(ended_why=""), name="consent_ended_why"),
        ]

    class Journal:
        classes = dict.fromkeys(
            [
                *("id", "dossier_id", "unit_id", "answer", "giver", "person_id", "purposes", "facets", "until", "way"),
                *("explained", "why", "at", "from_unit_id", "user_id", "ended_at", "ended_why", "reminded_at"),
                "told_at",
            ],
            "code",
        ) | {"sealed": "sealed"}


class Share(models.Model):
    """What a unit reads of a file for a time: on one consent, or on one ground without; `member` is its part."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    consent = models.ForeignKey(Consent, models.PROTECT, null=True, related_name="+")
    ground = models.TextField(blank=True, default="")
    purposes = models.TextField()
    facets = models.BigIntegerField()
    until = models.DateTimeField()
    member = models.UUIDField()
    at = models.DateTimeField()
    from_unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    sealed = models.BinaryField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.TextField(blank=True, default="")
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            # One thing carries it, never both and never nothing.
            models.CheckConstraint(
                condition=Q(consent__isnull=False, ground="") | (Q(consent=None) & ~Q(ground="")),
                name="share_rests_on_one",
            ),
            models.CheckConstraint(condition=Q(ended_at=None) | ~Q(ended_why=""), name="share_ended_why"),
            models.UniqueConstraint(
                fields=["consent"], condition=Q(ended_at=None, consent__isnull=False), name="share_once_on_consent"
            ),
        ]

    class Journal:
        classes = dict.fromkeys(
            [
                *("id", "dossier_id", "unit_id", "consent_id", "ground", "purposes", "facets", "until", "member", "at"),
                *("from_unit_id", "user_id", "ended_at", "ended_why", "told_at"),
            ],
            "code",
        ) | {"sealed": "sealed"}
