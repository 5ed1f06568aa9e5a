"""What people filled in: a response in a file, its half-written drafts, and its answers as typed rows."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from arasha.questionnaires.models.versions import Version

STATES = ("draft", "submitted", "corrected", "withdrawn")


class Response(models.Model):
    """One filling-in of a form within a file. It stays under the version that it was begun with, for ever.

    `facet`: under which all of it is read and written. `sealed`: everything that was handed in, as it was handed in;
    empty until then. `supersedes`: what this one corrects or goes on with. `corrected`: a later one took its place.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    facet = models.SmallIntegerField()
    version = models.ForeignKey(Version, models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=60)
    state = models.CharField(max_length=16, default="draft")
    language = models.CharField(max_length=2)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    begun_by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    begun_at = models.DateTimeField()
    submitted_by = models.ForeignKey("access.User", models.PROTECT, related_name="+", null=True, db_index=False)
    submitted_at = models.DateTimeField(null=True)
    supersedes = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)
    ended_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=24, blank=True, default="")
    sealed = models.BinaryField(default=b"")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=STATES), name="response_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | Q(submitted_at__isnull=False, submitted_by__isnull=False),
                name="response_submitted_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", ended_at__isnull=False) & ~Q(reason="")
                | ~Q(state="withdrawn") & Q(reason=""),
                name="response_withdrawn_with_reason",
            ),
            models.UniqueConstraint(
                fields=["supersedes"], condition=~Q(state="withdrawn"), name="response_superseded_once"
            ),
        ]
        indexes = [models.Index(fields=["code", "submitted_at"], name="response_of_form")]

    class Journal:
        classes: ClassVar[dict[str, str]] = {
            **dict.fromkeys(
                (
                    "id",
                    "dossier_id",
                    "facet",
                    "version_id",
                    "code",
                    "state",
                    "language",
                    "unit_id",
                    "begun_by_id",
                    "begun_at",
                    "submitted_by_id",
                    "submitted_at",
                    "supersedes_id",
                    "ended_at",
                    "reason",
                ),
                "code",
            ),
            "sealed": "sealed",
        }


class ResponseDraft(models.Model):
    """What is half written, sealed. Journalled nowhere: it is not said yet.

    `place` 0 is the draft; others are copies: what came second from another window, of the part of the form that `at`
    names. `revision` grows with each saving.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    facet = models.SmallIntegerField()
    response = models.ForeignKey(Response, models.PROTECT, related_name="drafts", db_index=False)
    place = models.PositiveSmallIntegerField()
    revision = models.PositiveIntegerField()
    at = models.CharField(max_length=250, blank=True, default="")
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    kept_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["response", "place"], name="response_draft_place")]


class Answer(models.Model):
    """One answer that was handed in; of several choices, one row for each. `position`: which time in a repeat ("2.1").

    Of code, number, date and sealed words one is there.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    facet = models.SmallIntegerField()
    response = models.ForeignKey(Response, models.PROTECT, related_name="answers", db_index=False)
    path = models.CharField(max_length=250)
    position = models.CharField(max_length=40, blank=True, default="")
    kind = models.CharField(max_length=16)
    code = models.CharField(max_length=250, blank=True, default="")
    number = models.DecimalField(max_digits=30, decimal_places=15, null=True)
    date = models.DateField(null=True)
    sealed = models.BinaryField(default=b"")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["response", "path", "position", "code"], name="answer_once"),
        ]
        indexes = [models.Index(fields=["path", "code"], name="answer_by_path")]

    class Journal:
        classes: ClassVar[dict[str, str]] = {
            **dict.fromkeys(
                ("id", "dossier_id", "facet", "response_id", "path", "position", "kind", "code", "number"), "code"
            ),
            "date": "personal",
            "sealed": "sealed",
        }
