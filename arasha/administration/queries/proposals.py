"""What waits for a second person, and what became of it."""

import uuid
from datetime import datetime

from django.db.models import QuerySet

from arasha.administration.models import Proposal
from arasha.administration.rules.proposals import State
from arasha.kernel.access.rules import Actor

SHOWN = 50
RELATED = ("unit", "post", "function", "territory", "place", "facet")


def waiting(actor: Actor, now: datetime) -> list[Proposal]:
    """Return the proposals that wait for a second person, the first to expire first; row security says whose."""
    pending = Proposal.objects.filter(state=State.PENDING, expires_at__gt=now)
    return list(pending.select_related(*RELATED).order_by("expires_at", "pk"))


def proposal(number: uuid.UUID) -> Proposal | None:
    """Return a proposal that row security shows to who is acting, or None."""
    return Proposal.objects.select_related(*RELATED).filter(pk=number).first()


def may_decide(actor: Actor, proposal: Proposal) -> bool:
    """Say whether the actor may decide on a proposal: not their own, not their own seat, not their own unit."""
    own = actor.user_id in {proposal.proposed_by_id, proposal.user_id} or proposal.unit_id == actor.unit_id
    return "administration" in actor.functions and not own


def planned(actor: Actor) -> list[Proposal]:
    """Return the seats that are agreed and begin on a day to come."""
    return list(Proposal.objects.filter(state=State.PLANNED).select_related(*RELATED).order_by("since", "pk"))


def decided(actor: Actor) -> QuerySet[Proposal]:
    """Return the newest proposals that were decided, withdrawn or expired."""
    closed = Proposal.objects.exclude(state__in=[State.PENDING, State.PLANNED])
    return closed.select_related(*RELATED).order_by("-proposed_at", "pk")[:SHOWN]
