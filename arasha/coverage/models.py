"""What was promised for children by territory, its run of steps, and what is missing. Rows are only ever added."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

STEPS = ("promised", "funded", "building", "opened", "dropped", "corrected")
MOST = 1_000_000


def _codes(text: str) -> dict[str, str]:
    return dict.fromkeys(text.split(), "code")


class Commitment(models.Model):
    """Something promised for one territory. How many and by when stands in its steps, which correct each other."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.TextField(default="", blank=True)
    kind = models.TextField()
    what = models.TextField()
    territory = models.ForeignKey("territory.Territory", models.PROTECT, related_name="+")
    promised_by = models.TextField()
    document = models.TextField()
    entered_by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    entered_at = models.DateTimeField()

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes(
            "id programme kind what territory_id promised_by document entered_by_id entered_at"
        )

    class Meta:
        indexes = [models.Index(fields=["kind", "territory"], name="commitment_of_kind")]

    def __str__(self) -> str:
        return str(self.id)


class Step(models.Model):
    """One thing that happened to a commitment, on which day, by which source. `count`: facilities; `places`: in them.

    A step of kind `corrected` says what the step `corrects` was in truth; a count of 0: that it did not happen.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    commitment = models.ForeignKey(Commitment, models.PROTECT, related_name="steps")
    kind = models.TextField()
    on = models.DateField()
    count = models.IntegerField(null=True)
    places = models.IntegerField(null=True)
    due_on = models.DateField(null=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="+", db_index=False)
    reason = models.TextField(default="", blank=True)
    source = models.TextField()
    entered_by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    entered_at = models.DateTimeField()

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes(
            "id commitment_id kind on count places due_on corrects_id reason source entered_by_id entered_at"
        )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=STEPS), name="step_kind"),
            models.CheckConstraint(condition=Q(count=None) | Q(count__gte=0, count__lte=MOST), name="step_count"),
            models.CheckConstraint(
                condition=Q(kind="corrected", corrects__isnull=False) | ~Q(kind="corrected") & Q(corrects=None),
                name="step_corrects",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["promised", "opened"]) | Q(count__gte=1), name="step_counted"
            ),
            models.CheckConstraint(condition=~Q(kind__in=["dropped", "corrected"]) | ~Q(reason=""), name="step_why"),
            models.CheckConstraint(condition=~Q(kind="promised") | Q(due_on__isnull=False), name="step_due"),
            models.UniqueConstraint(fields=["commitment"], condition=Q(kind="promised"), name="step_promised_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Need(models.Model):
    """How many of a kind were missing in a territory on a day, counted by whom. It changes no promise."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.TextField()
    territory = models.ForeignKey("territory.Territory", models.PROTECT, related_name="+")
    count = models.IntegerField()
    counted_by = models.TextField()
    counted_on = models.DateField()
    source = models.TextField()
    entered_by = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    entered_at = models.DateTimeField()

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes(
            "id kind territory_id count counted_by counted_on source entered_by_id entered_at"
        )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(count__gte=0, count__lte=MOST), name="need_count")]
        indexes = [models.Index(fields=["kind", "territory"], name="need_of_kind")]

    def __str__(self) -> str:
        return str(self.id)
