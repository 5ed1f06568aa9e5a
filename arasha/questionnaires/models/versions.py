"""Forms, their versions, which never change, and what people decided about them."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from arasha.questionnaires.rules.standing import KEPT, Kind, State

KEPT_CODES = sorted(state.value for state in KEPT)


class Questionnaire(models.Model):
    """A form that is known by its code, whatever its versions say."""

    code = models.CharField(primary_key=True, max_length=60)

    def __str__(self) -> str:
        return self.code


class Version(models.Model):
    """One version of a form; a database trigger lets nothing but its state change, and refuses every deletion.

    `source` is the XLSForm as Markdown, `xform` what pyxform made of it, `digest` the SHA-256 of the latter: equal
    digests are equal forms. `about` is the sheet of that name: texts by language, and codes. A version that came with
    the software has no author. The state follows from the decisions beside it, and only their function writes it.
    """

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=20)
    source = models.TextField()
    xform = models.TextField()
    digest = models.CharField(max_length=64)
    about = models.JSONField()
    author = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    author_post = models.ForeignKey("access.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[state.value for state in State]), name="questionnaires_version_state"
            ),
            models.CheckConstraint(
                condition=Q(state__in=KEPT_CODES, published_at__isnull=False)
                | (~Q(state__in=KEPT_CODES) & Q(published_at__isnull=True)),
                name="questionnaires_version_published",
            ),
            models.CheckConstraint(
                condition=Q(state=State.WITHDRAWN.value, withdrawn_at__isnull=False)
                | (~Q(state=State.WITHDRAWN.value) & Q(withdrawn_at__isnull=True)),
                name="questionnaires_version_withdrawn",
            ),
            models.UniqueConstraint(
                fields=["questionnaire", "number"],
                condition=Q(state__in=KEPT_CODES),
                name="questionnaires_version_once",
            ),
        ]
        indexes = [models.Index(fields=["questionnaire", "number"], name="questionnaires_version_of")]

    def __str__(self) -> str:
        return f"{self.questionnaire_id}, {self.number}"


class Decision(models.Model):
    """What somebody decided about a version: published, withdrawn, discarded … Added, never changed.

    `place` is its place among the version's decisions: two people who decide at once can't both take it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    version = models.ForeignKey(Version, models.PROTECT, related_name="decisions", db_index=False)
    place = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    reason = models.TextField(default="", blank=True)
    at = models.DateTimeField()
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    post = models.ForeignKey("access.Post", models.PROTECT, related_name="+", db_index=False)

    class Journal:
        classes: ClassVar[dict[str, str]] = dict.fromkeys(
            ("id", "version_id", "place", "kind", "reason", "at", "user_id", "post_id"), "code"
        )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in Kind]), name="questionnaires_decision_kind"
            ),
            models.UniqueConstraint(fields=["version", "place"], name="questionnaires_decision_place"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.version_id}"
