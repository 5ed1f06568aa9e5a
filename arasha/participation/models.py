"""Invitations to say how a service was, the slips that open them, sealed answers, and what is told of them in groups.

`Slip` and `Letter` are definer functions' alone and journalled nowhere: a journal of them would say when each child
answered. Neither names a file, a child, an hour or a service; the database alone leads from none to another.
"""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Invitation(models.Model):
    """That a child's file was given an invitation; never whether it was used.

    `offering` is empty where the service is protected: a file must not say in which refuge a child was.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    offering = models.ForeignKey("services.Offering", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    given_on = models.DateField()
    period = models.CharField(max_length=6)

    class Journal:
        classes = dict.fromkeys(["id", "dossier_id", "offering_id", "unit_id", "given_on", "period"], "code")

    class Meta:
        indexes = [models.Index(fields=["period", "offering"], name="invited_in_period")]


class Slip(models.Model):
    """A number that opens the pages, as a keyed hash; what it opens is sealed under the number itself."""

    hash = models.BinaryField(primary_key=True)
    period = models.CharField(max_length=6)
    sealed = models.BinaryField()


class Letter(models.Model):
    """Sealed to the worker: `answers` wait for the end of their half-year, `words` are opened within seconds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=8)
    period = models.CharField(max_length=6)
    version = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    tries = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(kind__in=["answers", "words"]), name="letter_kinds")]
        indexes = [models.Index(fields=["kind", "due_at"], name="feedback_letter_due")]


class Round(models.Model):
    """One half-year of one offering, or of one protected service of a region (`offering` is empty then).

    Its dossier is led by coordination of the place, from which the provider's people are barred. `outcome` is empty
    while it runs, then `told` (ten answers or more), `few` (for who leads it alone) or `none`. `invited` and `answers`
    are lower ends of bands of five where it is told.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.OneToOneField("access.Dossier", models.PROTECT, related_name="+")
    offering = models.ForeignKey("services.Offering", models.PROTECT, null=True, related_name="+")
    service = models.CharField(max_length=64)
    place = models.ForeignKey("territory.Territory", models.PROTECT, related_name="+", db_index=False)
    period = models.CharField(max_length=6)
    outcome = models.CharField(max_length=8, blank=True, default="")
    invited = models.IntegerField(default=0)
    answers = models.IntegerField(default=0)
    figures = models.JSONField(default=dict)

    class Journal:
        classes = dict.fromkeys(
            [
                "id",
                "dossier_id",
                "offering_id",
                "service",
                "place_id",
                "period",
                "outcome",
                "invited",
                "answers",
                "figures",
            ],
            "code",
        )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(outcome__in=["", "told", "few", "none"]), name="round_outcome"),
            models.UniqueConstraint(
                fields=["offering", "service", "place", "period"], nulls_distinct=False, name="round_once"
            ),
        ]


class Text(models.Model):
    """What one child wrote in their own words, for who leads the round; never shown to anybody else.

    `link` is the sealed way to the child's file, which the worker alone can open; it goes with the decision that
    the words tell of no harm, and with the signal. `marked`: words that a person should read today. `state`: waiting,
    fine, danger (the worker raises it), raised.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="texts")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    language = models.CharField(max_length=2)
    marked = models.BooleanField(default=False)
    state = models.CharField(max_length=8, default="waiting")
    sealed = models.BinaryField()
    link = models.BinaryField(null=True)
    version = models.PositiveSmallIntegerField()

    class Journal:
        classes = {
            **dict.fromkeys(["id", "round_id", "dossier_id", "language", "marked", "state", "version"], "code"),
            "sealed": "sealed",
            "link": "sealed",
        }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "fine", "danger", "raised"]), name="text_state"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "danger"]) | models.Q(link=None), name="text_link_goes"
            ),
        ]


class Reply(models.Model):
    """What the provider says that it changed, once to each round that was told; everybody may read it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.OneToOneField(Round, models.PROTECT, related_name="+")
    offering = models.ForeignKey("services.Offering", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    words = ArrayField(models.TextField(), size=3)
    said_at = models.DateTimeField()

    class Journal:
        classes = dict.fromkeys(["id", "round_id", "offering_id", "unit_id", "words", "said_at"], "code")
