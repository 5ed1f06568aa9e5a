"""What goes a way of its own: hindered statements, who stays with a child at risk, and what a second reader checks."""

import uuid

from django.db import models


class Hindrance(models.Model):
    """A statement that was refused, or pressure to withdraw; `unit` is the police unit named, if one was.

    Its words lie in the facet of obligations: the prosecutor must read what happened, and reads no narrative.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=32)
    told_in = models.CharField(max_length=16)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", null=True)
    told_at = models.DateTimeField()
    sealed = models.BinaryField(null=True)

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "kind": "code",
            "told_in": "code",
            "unit_id": "code",
            "told_at": "code",
            "sealed": "sealed",
        }


class Company(models.Model):
    """Somebody who stays with a child at risk: the name sealed, what they are to the child as a code."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    facet = models.SmallIntegerField()
    role = models.CharField(max_length=16)
    since = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+")
    sealed = models.BinaryField()

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "facet": "code",
            "role": "code",
            "since": "code",
            "left_at": "code",
            "unit_id": "code",
            "sealed": "sealed",
        }


class Watch(models.Model):
    """An alarm that rings until somebody is named as staying with the child; only naming somebody ends it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.OneToOneField("access.Dossier", models.PROTECT, related_name="+")
    since = models.DateTimeField()
    next_ring_at = models.DateTimeField()
    rings = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True)
    company = models.ForeignKey(Company, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at=None, company=None)
                | models.Q(ended_at__isnull=False, company__isnull=False),
                name="watch_ends_by_company",
            ),
        ]
        indexes = [models.Index(fields=["next_ring_at"], condition=models.Q(ended_at=None), name="watch_rings")]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "since": "code",
            "next_ring_at": "code",
            "rings": "code",
            "ended_at": "code",
            "company_id": "code",
        }


class ResponseReview(models.Model):
    """What became of a report that went the way of family support: `unit` is the second reader's, if it was drawn."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.OneToOneField("access.Dossier", models.PROTECT, related_name="+")
    state = models.CharField(max_length=16)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", null=True)
    drawn_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["passed", "returned"])
                | models.Q(state__in=["waiting", "confirmed"], unit__isnull=False),
                name="responsereview_has_reader",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "drawn_at"], condition=models.Q(state="waiting"), name="responsereview_waits")
        ]

    class Journal:
        classes = {
            "id": "code",
            "dossier_id": "code",
            "state": "code",
            "unit_id": "code",
            "drawn_at": "code",
            "decided_at": "code",
        }
