"""One body's duty to do one act by one moment."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from arasha.obligations.models.columns import codes, one_of
from arasha.obligations.rules import RUNNING, DeliveredBy, FoundBy, State


class Obligation(models.Model):
    """One unit's duty to do one act for one child or matter by one moment.

    `unit` is empty when no body could be found at all: then silence climbs from the start. `role` is set where the
    procedure asks for a body by its part in the child's life (the child's school) and not by territory alone.

    `due_at` is what the procedure's limit gave when the duty arose and never changes; **`due_now` is what counts**: it
    follows suspensions and a granted extension (`extended_to`). What is late is late by `due_now`. `derivation` says
    how the limit was counted, suspensions included.

    `about` is the row in which an agreement or a decision stands, the action of a plan for one: empty where the law
    asks. `raised_in` is the file in which it arose, whatever file it moved to. `ladder` holds the rungs with their
    moments, `rung` is the highest that was told. `asked_until` is set while a request for more time waits for its
    answer,
    `suspended_at` and `suspended_until` while time stands still. `number`, `delivered_at`, `delivered_by`,
    `undelivered_at` belong to written notices, `seen_at` to every duty: when somebody of the unit first opened it.
    `caused_by` is the duty whose meeting asked for this one, `replaced_by` the one that took its place.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    dossier = models.ForeignKey("access.Dossier", models.PROTECT, related_name="+")
    raised_in = models.UUIDField(null=True)
    protocol = models.ForeignKey("protocols.ProtocolVersion", models.PROTECT, related_name="+", db_index=False)
    step = models.CharField(max_length=60)
    about = models.UUIDField(null=True)
    unit = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    function = models.CharField(max_length=60)
    role = models.CharField(max_length=60, blank=True, default="")
    territory = models.CharField(max_length=9)
    found_by = models.CharField(max_length=20)
    from_moment = models.DateTimeField()
    due_at = models.DateTimeField()
    due_now = models.DateTimeField()
    extended_to = models.DateTimeField(null=True)
    asked_until = models.DateTimeField(null=True)
    suspended_at = models.DateTimeField(null=True)
    suspended_until = models.DateTimeField(null=True)
    derivation = models.JSONField()
    ladder = models.JSONField()
    rung = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=20, default=State.OPEN.value)
    next_check_at = models.DateTimeField(null=True)
    raised_at = models.DateTimeField()
    number = models.CharField(max_length=12, blank=True, default="")
    delivered_at = models.DateTimeField(null=True)
    delivered_by = models.CharField(max_length=20, blank=True, default="")
    undelivered_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    met_at = models.DateTimeField(null=True)
    met_by_unit = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    met_by_post = models.ForeignKey("access.Post", models.PROTECT, null=True, related_name="+", db_index=False)
    outcome = models.CharField(max_length=60, blank=True, default="")
    ended_at = models.DateTimeField(null=True)
    caused_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="causes", db_index=False)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaces", db_index=False)

    class Journal:
        classes: ClassVar[dict[str, str]] = codes(
            *(
                "id",
                "dossier_id",
                "raised_in",
                "protocol_id",
                "step",
                "about",
                "unit_id",
                "function",
                "role",
                "territory",
                "found_by",
            ),
            *("from_moment", "due_at", "due_now", "extended_to", "asked_until", "suspended_at", "suspended_until"),
            *("derivation", "ladder", "rung", "state", "next_check_at", "raised_at"),
            *("number", "delivered_at", "delivered_by", "undelivered_at", "seen_at"),
            *("met_at", "met_by_unit_id", "met_by_post_id", "outcome", "ended_at", "caused_by_id", "replaced_by_id"),
        )

    class Meta:
        constraints = [
            one_of("obligation_state", "state", State),
            one_of("obligation_found_by", "found_by", FoundBy),
            one_of("obligation_delivered_by", "delivered_by", DeliveredBy, ""),
            models.CheckConstraint(
                condition=Q(state__in=["open", "overdue"], met_at=None, ended_at=None, suspended_at=None)
                | Q(state="suspended", met_at=None, ended_at=None, next_check_at=None)
                & Q(suspended_at__isnull=False, suspended_until__isnull=False, suspended_until__gt=F("suspended_at"))
                | Q(state__in=["met", "met_late"], met_at__isnull=False, ended_at=None, next_check_at=None)
                & Q(suspended_at=None)
                | Q(state__in=["declined", "waived", "superseded"], ended_at__isnull=False, met_at=None)
                & Q(next_check_at=None, suspended_at=None),
                name="obligation_ends_once",
            ),
            # A due moment is moved by lawful steps only, and only to a later one.
            models.CheckConstraint(
                condition=Q(due_now__gte=F("due_at")) & (Q(extended_to=None) | Q(extended_to=F("due_now"))),
                name="obligation_due_now",
            ),
            # What nobody owes any more waits for no answer to a request.
            models.CheckConstraint(
                condition=Q(asked_until=None) | Q(state__in=["open", "overdue", "suspended"]), name="obligation_asked"
            ),
            models.CheckConstraint(
                condition=Q(delivered_at=None, delivered_by="") | Q(delivered_at__isnull=False) & ~Q(delivered_by=""),
                name="obligation_delivered",
            ),
            models.UniqueConstraint(
                fields=["dossier", "protocol", "step", "unit", "from_moment"],
                condition=Q(about=None),
                name="obligation_once",
                nulls_distinct=False,
            ),
            # One thing agreed obliges a unit once; when that has ended, it may oblige it anew.
            models.UniqueConstraint(
                fields=["about", "step", "unit"],
                condition=Q(about__isnull=False, state__in=["open", "overdue", "suspended"]),
                name="obligation_about_once",
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["about"], condition=~Q(about=None), name="obligation_about"),
            models.Index(fields=["next_check_at"], condition=~Q(next_check_at=None), name="obligation_check"),
            models.Index(
                fields=["unit", "due_now"],
                condition=Q(state__in=sorted(state.value for state in RUNNING)),
                name="obligation_owed",
            ),
            models.Index(fields=["suspended_until"], condition=Q(state="suspended"), name="obligation_suspended"),
            models.Index(
                fields=["raised_at"],
                condition=~Q(number="") & Q(delivered_at=None, ended_at=None),
                name="obligation_undelivered",
            ),
            models.Index(fields=["raised_in"], condition=~Q(number=""), name="obligation_notices"),
            models.Index(fields=["caused_by"], condition=~Q(caused_by=None), name="obligation_causes"),
            models.Index(fields=["replaced_by"], condition=~Q(replaced_by=None), name="obligation_replaces"),
        ]

    def __str__(self) -> str:
        return str(self.id)
