"""Who publishes procedures, who drafts, reviews and puts them in force, and who sees what."""

from django.db.models import Q, QuerySet

from arasha.kernel.access.policy import allows
from arasha.kernel.access.rules import Actor
from arasha.kernel.territory.rules import NATION
from arasha.protocols.models import Decision, ProtocolVersion
from arasha.protocols.rules.standing import DECLARED, Kind

DRAFT, REVIEW, ADOPT = "draft_protocols", "review_protocols", "adopt_protocols"
RIGHT_OF = {
    Kind.REVIEW: REVIEW,
    Kind.RETURN: REVIEW,
    Kind.END: REVIEW,
    Kind.KEEP: REVIEW,
    Kind.ADOPT: ADOPT,
    Kind.PROPOSE_END: ADOPT,
    Kind.WITHDRAW: DRAFT,
}


class NotAllowed(PermissionError):
    """This is not the actor's to do with procedures."""


def may_publish(actor: Actor) -> bool:
    """Say whether the actor may publish the shipped procedures: the installation."""
    return actor.kind == "system"


def may_draft(actor: Actor) -> bool:
    """Say whether the actor may propose a text."""
    return _may(actor, DRAFT)


def may_decide(actor: Actor, kind: Kind) -> bool:
    """Say whether such a decision is the post's at all; whether it is this person's, `rules.standing.check` says."""
    return _may(actor, RIGHT_OF[kind])


def sees_drafts(actor: Actor) -> bool:
    """Say whether the actor sees what is not decided yet: who drafts, reviews or adopts."""
    return any(_may(actor, right) for right in (DRAFT, REVIEW, ADOPT))


def visible_to(actor: Actor) -> QuerySet[ProtocolVersion]:
    """Return the versions that the actor may read: all that ever came into force or will; drafts for who decides."""
    if actor.kind == "system" or sees_drafts(actor):
        return ProtocolVersion.objects.all()
    adopted = Decision.objects.filter(kind=Kind.ADOPT.value).values("version")
    withdrawn = Decision.objects.filter(kind=Kind.WITHDRAW.value).values("version")
    return ProtocolVersion.objects.filter(Q(declared=DECLARED[0]) | Q(pk__in=adopted)).exclude(pk__in=withdrawn)


def _may(actor: Actor, right: str) -> bool:
    # A procedure obliges the whole country: only posts that serve it decide on one.
    acts = actor.kind == "user" and actor.post_id is not None
    return acts and actor.territory == NATION and allows(actor, right)
