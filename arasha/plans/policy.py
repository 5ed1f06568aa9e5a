"""Who may work on a child's plan: whoever the facet of plans is open to in that file, and nobody else."""

from uuid import UUID

from django.db.models import QuerySet

from arasha.cases.queries import file
from arasha.kernel.access.queries import may_read, may_write, on_team
from arasha.kernel.access.rules import Actor, Facet
from arasha.plans.models import SafetyPlan


def may_see(actor: Actor, dossier: UUID) -> bool:
    """Say whether the plans of a file are there for the actor; a barred person finds no file at all."""
    return file(actor, dossier) is not None and may_read(dossier, Facet.PLAN)


def may_make(actor: Actor, dossier: UUID) -> bool:
    """Say whether the actor may write plans in a file."""
    return actor.unit_id is not None and file(actor, dossier) is not None and may_write(dossier, Facet.PLAN)


def visible_to(actor: Actor) -> QuerySet[SafetyPlan]:
    """Return the safety plans that are there for the actor; the database's policies hold the same line."""
    return SafetyPlan.objects.filter(on_team(actor))
