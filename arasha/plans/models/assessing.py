"""One child assessed by several disciplines together: parts, the joint summary, and views that stand beside it."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q


def _codes(*columns: str) -> dict[str, str]:
    return dict.fromkeys(("id", "dossier_id", *columns), "code")


class Assessment(models.Model):
    """An assessment of a case, opened by the unit that leads it. `applied_on`: a written application for special
    social services came in on that day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    by_when = models.DateField()
    state = models.CharField(max_length=16, default="open")
    applied_on = models.DateField(null=True)
    review_by = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["open", "summed_up", "ended"]), name="assessment_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False) | (~Q(state="ended") & Q(ended_at=None)),
                name="assessment_ended_when",
            ),
            models.UniqueConstraint(fields=["dossier"], condition=~Q(state="ended"), name="assessment_one_now"),
        ]
        indexes = [models.Index(fields=["dossier", "-opened_at"], name="assessment_newest")]

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes(
            "unit_id", "opened_at", "by_when", "state", "applied_on", "review_by", "ended_at"
        )


class AssessmentPart(models.Model):
    """What one unit was asked to assess. Everybody on the file sees that it is owed and whether it is done; its words
    lie in the response, under the facet of the form.

    `facet`: under which the row itself is read. A part kept apart for an adolescent lies under a sealed facet, and is
    not there for anybody else. `reminded_at`: when it was last said that the day has passed.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    facet = models.SmallIntegerField()
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="parts")
    discipline = models.CharField(max_length=24)
    form = models.CharField(max_length=60)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    by_when = models.DateField()
    state = models.CharField(max_length=16, default="asked")
    response = models.ForeignKey("questionnaires.Response", models.PROTECT, related_name="+", null=True, db_index=False)
    done_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["asked", "begun", "done", "passed_on"]), name="assessment_part_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state="done", done_at__isnull=False) | ~Q(state="done"), name="assessment_part_done_when"
            ),
            models.UniqueConstraint(
                fields=["assessment", "discipline", "unit"],
                condition=~Q(state="passed_on"),
                name="assessment_part_once_of_unit",
            ),
        ]
        indexes = [
            models.Index(fields=["by_when"], condition=Q(state__in=["asked", "begun"]), name="assessment_part_owed")
        ]

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes(
            "facet",
            "assessment_id",
            "discipline",
            "form",
            "unit_id",
            "asked_at",
            "by_when",
            "state",
            "response_id",
            "done_at",
            "reminded_at",
        )


class ConfidentialityTold(models.Model):
    """That an adolescent was told what stays between us and what must be passed on, before anything was asked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    facet = models.SmallIntegerField()
    part = models.ForeignKey(AssessmentPart, models.PROTECT, related_name="told")
    how = models.CharField(max_length=24)
    language = models.CharField(max_length=2)
    edition = models.PositiveSmallIntegerField()
    told_at = models.DateTimeField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes(
            "facet", "part_id", "how", "language", "edition", "told_at", "unit_id", "user_id"
        )


class AssessmentSummary(models.Model):
    """One version of the joint summary: a response of the lead's. A later version leaves the earlier as it was."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="summaries", db_index=False)
    number = models.PositiveSmallIntegerField()
    response = models.ForeignKey("questionnaires.Response", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    begun_at = models.DateTimeField()
    written_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["assessment", "number"], name="assessment_summary_number")]

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes(
            "assessment_id", "number", "response_id", "unit_id", "begun_at", "written_at"
        )


class SummarySignature(models.Model):
    """That a unit which took part signed one version of the summary; `stands` "differs": its own view stands beside."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    summary = models.ForeignKey(AssessmentSummary, models.PROTECT, related_name="signatures", db_index=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    signed_at = models.DateTimeField()
    stands = models.CharField(max_length=8)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["summary", "unit"], name="assessment_signed_once"),
            models.CheckConstraint(condition=Q(stands__in=["agrees", "differs"]), name="assessment_signed_how"),
        ]

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes("summary_id", "unit_id", "user_id", "signed_at", "stands")


class DifferentView(models.Model):
    """What a unit sees otherwise, in its own words. It stands beside the summary; nobody changes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    facet = models.SmallIntegerField()
    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="views")
    number = models.PositiveSmallIntegerField()
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    put_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Journal:
        classes: ClassVar[dict[str, str]] = {
            **_codes("facet", "assessment_id", "number", "unit_id", "user_id", "put_at"),
            "sealed": "sealed",
        }
