"""What one person proposed and another must confirm."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from arasha.administration.rules.proposals import Kind, State


class Proposal(models.Model):
    """One change of rights: proposed by one administrator, confirmed, refused or left to expire by others.

    `place` is where it matters; whoever administers it may decide. `give_function` names unit, function and the
    territory served; `seat` names post and person; `change_cell` one cell of a table of facets (`part` or `function`);
    `structure` holds `steps` about bodies and units by their codes (`administration.rules.structure`), and
    `calendar` about days (`administration.rules.days`).
    Written by the definer functions of the schema `administration` only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    kind = models.TextField()
    state = models.TextField()
    place = models.ForeignKey("territory.Territory", models.PROTECT, related_name="+")
    unit = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey("access.Post", models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    function = models.ForeignKey("access.Function", models.PROTECT, null=True, related_name="+")
    territory = models.ForeignKey("territory.Territory", models.PROTECT, null=True, related_name="+")
    part = models.TextField(null=True)  # noqa: DJ001 - NULL is "of no part", "" would be a part
    facet = models.ForeignKey("access.Facet", models.PROTECT, null=True, related_name="+")
    reads = models.BooleanField(null=True)
    writes = models.BooleanField(null=True)
    steps = models.JSONField(null=True)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    proposed_by = models.ForeignKey("access.User", models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    decided_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Journal:
        classes: ClassVar[dict[str, str]] = dict.fromkeys(
            (
                *("id", "kind", "state", "place_id", "unit_id", "post_id", "user_id", "function_id", "territory_id"),
                *("part", "facet_id", "reads", "writes", "steps", "since", "until", "proposed_by_id", "proposed_at"),
                *("expires_at", "decided_by_id", "decided_at"),
            ),
            "code",
        )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[kind.value for kind in Kind]), name="proposal_kind"),
            models.CheckConstraint(condition=Q(state__in=[state.value for state in State]), name="proposal_state"),
            models.CheckConstraint(
                condition=~Q(decided_by=F("proposed_by")) | Q(state="withdrawn"), name="two_persons"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gt=F("since")), name="proposal_period"
            ),
        ]
        indexes = [
            models.Index(fields=["place", "expires_at"], condition=Q(state="pending"), name="proposal_pending"),
            models.Index(fields=["since"], condition=Q(state="planned"), name="proposal_planned"),
        ]

    def __str__(self) -> str:
        return str(self.id)
