"""Obligations, what became of their silence, the answers, and the bodies that were missing."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from arasha.obligations.rules import FoundBy, Outcome, State


def _codes(*columns: str) -> dict[str, str]:
    """Return the class of columns that stand in the journal in clear."""
    return dict.fromkeys(columns, "code")


def _one_of(name: str, column: str, codes: type[FoundBy] | type[Outcome] | type[State]) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{column}__in": [code.value for code in codes]}), name=name)


class Obligation(models.Model):
    """One unit's duty to do one act for one child or matter by one moment.

    `unit` is empty when no body could be found at all: then silence climbs from the start. `ladder` holds the rungs
    with their moments as computed when the duty arose; `rung` is the highest that was told.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    protocol = models.ForeignKey("protocols.ProtocolVersion", models.PROTECT, related_name="+", db_index=False)
    step = models.CharField(max_length=60)
    unit = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    function = models.CharField(max_length=60)
    territory = models.CharField(max_length=9)
    found_by = models.CharField(max_length=20)
    from_moment = models.DateTimeField()
    due_at = models.DateTimeField()
    derivation = models.JSONField()
    ladder = models.JSONField()
    rung = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=20, default=State.OPEN.value)
    next_check_at = models.DateTimeField(null=True)
    raised_at = models.DateTimeField()
    met_at = models.DateTimeField(null=True)
    met_by_unit = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    met_by_post = models.ForeignKey("access.Post", models.PROTECT, null=True, related_name="+", db_index=False)

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes(
            "id",
            "dossier_id",
            "protocol_id",
            "step",
            "unit_id",
            "function",
            "territory",
            "found_by",
            "from_moment",
            "due_at",
            "derivation",
            "ladder",
            "rung",
            "state",
            "next_check_at",
            "raised_at",
            "met_at",
            "met_by_unit_id",
            "met_by_post_id",
        )

    class Meta:
        constraints = [
            _one_of("obligation_state", "state", State),
            _one_of("obligation_found_by", "found_by", FoundBy),
            models.CheckConstraint(
                condition=Q(state__in=["met", "met_late"], met_at__isnull=False, next_check_at=None)
                | Q(state__in=["open", "overdue"], met_at=None),
                name="obligation_met_once",
            ),
            models.UniqueConstraint(
                fields=["dossier", "protocol", "step", "unit", "from_moment"],
                name="obligation_once",
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["next_check_at"], condition=~Q(next_check_at=None), name="obligation_check"),
            models.Index(fields=["unit", "due_at"], condition=Q(state__in=["open", "overdue"]), name="obligation_owed"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Escalation(models.Model):
    """What became of one rung: dated when silence reached it, with the moment when that was noticed beside it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="escalations", db_index=False)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    rung = models.SmallIntegerField()
    outcome = models.CharField(max_length=20)
    unit = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    fell_due_at = models.DateTimeField()
    noticed_at = models.DateTimeField()

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes(
            "id", "obligation_id", "dossier_id", "rung", "outcome", "unit_id", "fell_due_at", "noticed_at"
        )

    class Meta:
        constraints = [
            _one_of("escalation_outcome", "outcome", Outcome),
            models.CheckConstraint(
                condition=Q(outcome="told", unit__isnull=False) | ~Q(outcome="told"), name="escalation_told_whom"
            ),
            models.UniqueConstraint(fields=["obligation", "rung"], name="escalation_once"),
        ]
        indexes = [models.Index(fields=["unit", "fell_due_at"], name="escalation_unit")]

    def __str__(self) -> str:
        return f"rung {self.rung} of {self.obligation_id}"


class Answer(models.Model):
    """What the obliged unit said was done; the text is sealed by the vault."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="answers")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    text = models.BinaryField()
    given_at = models.DateTimeField()

    class Journal:
        classes: ClassVar[dict[str, str]] = {
            "id": "code",
            "obligation_id": "code",
            "dossier_id": "code",
            "text": "sealed",
            "given_at": "code",
        }

    def __str__(self) -> str:
        return f"answer to {self.obligation_id}"


class Gap(models.Model):
    """A body that should have owed and does not exist: the function and the level at which it was missed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="gaps")
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+", db_index=False)
    function = models.CharField(max_length=60)
    territory = models.CharField(max_length=9)
    level = models.CharField(max_length=20)
    noticed_at = models.DateTimeField()

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes(
            "id", "obligation_id", "dossier_id", "function", "territory", "level", "noticed_at"
        )

    class Meta:
        indexes = [models.Index(fields=["territory", "function"], name="gap_place")]

    def __str__(self) -> str:
        return f"no {self.function} for {self.territory}"
