"""What the child wishes of an item, and who may hear its words: the child decides."""

import uuid

from django.db import models
from django.db.models import Q

from arasha.conferences.models.sitting import Item, codes


class Voice(models.Model):
    """How the child was heard before an item is decided, and who may hear the words (`hears`).

    `hearer`: the psychologist, or who reads the words aloud. `revision` counts the child's choices: the words of an
    earlier one are nobody's to read any more but of who wrote them.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.OneToOneField(Item, models.PROTECT, related_name="voice")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    revision = models.PositiveSmallIntegerField(default=1)
    how = models.TextField()
    reason = models.TextField(blank=True, default="")
    hears = models.TextField(blank=True, default="")
    said_on = models.DateField(null=True)
    hearer = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+", db_index=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(how__in=["asked", "from_file"], reason="", hears__in=["all", "few", "aloud", "nobody"])
                | Q(how="silent", reason="", hears="")
                | (Q(how="not_asked", hears="") & ~Q(reason="")),
                name="conference_voice_said",
            ),
            models.CheckConstraint(
                condition=(Q(hears__in=["few", "aloud"]) & Q(hearer__isnull=False))
                | (~Q(hears__in=["few", "aloud"]) & Q(hearer=None)),
                name="conference_voice_hearer",
            ),
        ]

    class Journal:
        classes = codes(
            *("item_id", "dossier_id", "revision", "how", "reason", "hears", "said_on", "hearer_id", "unit_id", "at")
        )


class VoiceWords(models.Model):
    """The child's words of one revision, sealed. The database shows them to whom the child chose, to nobody else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    voice = models.ForeignKey(Voice, models.PROTECT, related_name="+", db_index=False)
    item = models.ForeignKey(Item, models.PROTECT, related_name="+", db_index=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    revision = models.PositiveSmallIntegerField()
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voice", "revision"], name="conference_words_once")]

    class Journal:
        classes = codes("voice_id", "item_id", "dossier_id", "revision", "user_id") | {"sealed": "sealed"}
