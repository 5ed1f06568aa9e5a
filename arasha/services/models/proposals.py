"""What others than its keepers say of an entry: links to say it by, proposals, and what came of them."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from arasha.services.models.directory import Site, _codes


class ProposalLink(models.Model):
    """An address by which whoever works at a site answers once whether its entry is so; kept as a hash alone."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="links")
    hash = models.BinaryField(unique=True)
    made_by = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    until = models.DateTimeField()

    class Journal:
        classes: ClassVar[dict[str, str]] = _codes("id site_id hash made_by_id made_at until")

    def __str__(self) -> str:
        return str(self.id)


class Proposal(models.Model):
    """What was said over a link, or by a unit of the provider's own body. Anybody may have written `said`.

    Nobody acts where it comes from the public, so it is in no journal; what is decided of it is. Written by definer
    functions alone, read through `rules.proposals.read`, which takes nothing on trust.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    site = models.ForeignKey(Site, models.PROTECT, related_name="proposals")
    link = models.OneToOneField(ProposalLink, models.PROTECT, null=True, related_name="proposal")
    unit = models.ForeignKey("access.Unit", models.PROTECT, null=True, related_name="+", db_index=False)
    said = models.JSONField()
    put_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(link=None, unit__isnull=False) | Q(link__isnull=False, unit=None),
                name="proposal_comes_from",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Decision(models.Model):
    """What a keeper decided of one line of a proposal, or that they rang a number that was known before it.

    `field` is "rest" (all that the proposal leaves as it is), "site:phone" or "<offering>:cost".
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="decisions")
    field = models.TextField()
    verdict = models.TextField()
    reason = models.TextField(default="", blank=True)
    user = models.ForeignKey("access.User", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey("access.Unit", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Journal:
        classes: ClassVar[dict[str, str]] = dict.fromkeys(
            ["id", "proposal_id", "field", "verdict", "reason", "user_id", "unit_id", "at"], "code"
        )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=["taken", "refused", "rang"]), name="decision_verdict"),
            models.UniqueConstraint(
                fields=["proposal", "field"], condition=~Q(verdict="rang"), name="decision_once_a_field"
            ),
            models.UniqueConstraint(
                fields=["proposal", "user"], condition=Q(verdict="rang"), name="decision_rang_once_a_person"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
