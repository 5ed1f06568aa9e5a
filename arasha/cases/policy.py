"""Who may open and lead a case, and which cases are there for them."""

from django.db.models import QuerySet

from arasha.cases.models import Case
from arasha.kernel.access.queries import on_team
from arasha.kernel.access.rules import Actor

LEADERS = frozenset(
    {"coordination_district", "coordination_region", "guardianship", "social_protection", "family_support"}
)


class NotAllowed(PermissionError):
    """The actor's post may not do this."""


def may_open(actor: Actor) -> bool:
    """Say whether the actor's unit may lead a child's case."""
    return actor.post_id is not None and bool(actor.functions & LEADERS)


def visible_to(actor: Actor) -> QuerySet[Case]:
    """Return the cases that are there for the actor; the database's policies hold the same line."""
    return Case.objects.filter(on_team(actor))
